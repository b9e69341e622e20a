import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourcesEnding } from './sources';

const sheets = sourcesEnding('.css');
const components = sourcesEnding('.tsx');
/** Classes of libraries, and the one that the router puts on the open page's link. */
const FOREIGN = /^(ant|adm|maplibregl)-|^active$/;

function classesOf(sheet: string): Set<string> {
  const selectors = sheet.replace(/\/\*.*?\*\/|@import.*?;/gs, '').replace(/\{[^{}]*\}/g, '{}');
  return new Set(
    [...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!).filter((name) => !FOREIGN.test(name)),
  );
}

/** Class names that stand whole in the `className` attributes of a component. */
function classesUsed(component: string): string[] {
  const attributes = [...component.matchAll(/className=(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\})/g)];
  const texts = attributes.flatMap(([, plain, braced]) =>
    plain === undefined ? [...braced!.matchAll(/'([^']*)'/g)].map(([, text]) => text!) : [plain],
  );
  return texts.flatMap((text) => text.split(' ')).filter((name) => /^[a-z][\w-]*$/.test(name) && !FOREIGN.test(name));
}

/** A sheet of `shared` is loaded by both shells at their start, a shell's own by that shell, a feature's by who imports it. */
function isLoadedFor(component: string, sheet: string): boolean {
  if (sheet.startsWith('shared/')) return true;
  if (sheet.startsWith('desk/') || sheet.startsWith('h5/')) return component.startsWith(`${dirname(sheet)}/`);
  const own = dirname(sheet) === dirname(component) && `'./${basename(sheet)}'`;
  return [own, `'@/${sheet}'`].some((path) => path && components.get(component)!.includes(`import ${path}`));
}

describe('the style sheets', () => {
  it('are those of the shared parts, the shells and the features', () => {
    expect(sheets.size).toBeGreaterThan(10);
    for (const path of sheets.keys()) expect(path).toMatch(/^(shared\/.*|(desk|h5)\/\w+|features\/(\w+)\/\3)\.css$/);
  });

  it('have no class that nothing uses', () => {
    const text = [...components.values()].join('\n');
    const families = [...text.matchAll(/[`' ]([a-z][\w-]*-)\$\{/g)].map(([, prefix]) => prefix!);
    const isUsed = (name: string) =>
      families.some((prefix) => name.startsWith(prefix)) || new RegExp(`["'\` ]${name}["'\` ]`).test(text);
    const unused = [...sheets].flatMap(([path, sheet]) =>
      [...classesOf(sheet)].filter((name) => !isUsed(name)).map((name) => `${path}: .${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('are loaded where their classes are used: a feature wears its own clothes or the shared ones', () => {
    const bare = [...components].flatMap(([path, component]) => {
      const loaded = [...sheets].filter(([sheet]) => isLoadedFor(path, sheet)).map(([, sheet]) => classesOf(sheet));
      return classesUsed(component)
        .filter((name) => !loaded.some((classes) => classes.has(name)))
        .map((name) => `${path}: ${name}`);
    });
    expect(bare).toEqual([]);
  });

  it('take their colours from the tokens', () => {
    const own = [...sheets].flatMap(([path, sheet]) =>
      (sheet.match(/#[0-9a-f]{3,8}\b/gi) ?? []).map((hex) => `${path}: ${hex}`),
    );
    expect(own).toEqual([]);
  });
});
