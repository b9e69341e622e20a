import { build, type Rollup } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';

type Output = Rollup.RollupOutput['output'];
const KILOBYTE = 1000;
let output: Output;

beforeAll(async () => {
  // Otherwise React's development half would be weighed.
  vi.stubEnv('NODE_ENV', 'production');
  const built = (await build({
    logLevel: 'silent',
    build: { write: false, emptyOutDir: false },
  })) as Rollup.RollupOutput;
  output = built.output;
  vi.unstubAllEnvs();
}, 240_000);

const chunkOf = (fileName: string) =>
  output.find((part): part is Rollup.OutputChunk => part.type === 'chunk' && part.fileName === fileName);

/** A page's own chunks: what is fetched before anything of it is seen. */
function firstLoad(entry: 'desk' | 'h5', alsoOpened: string[] = []): Set<string> {
  const roots = output.filter(
    (part): part is Rollup.OutputChunk =>
      part.type === 'chunk' && ((part.isEntry && part.name === entry) || alsoOpened.includes(part.name)),
  );
  expect(roots).toHaveLength(1 + alsoOpened.length);
  const files = new Set<string>();
  const take = (chunk: Rollup.OutputChunk) => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const sheet of (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [])
      files.add(sheet);
    for (const name of chunk.imports) take(chunkOf(name)!);
  };
  roots.forEach(take);
  return files;
}

/** What goes over the wire: the bytes of the packed files, or of the file itself where it is too small to be packed. */
function weight(files: Set<string>, ending: '.gz' | '.br'): number {
  return [...files]
    .map(
      (name) =>
        output.find(({ fileName }) => fileName === name + ending) ?? output.find(({ fileName }) => fileName === name)!,
    )
    .map((part) => Buffer.from(part.type === 'chunk' ? part.code : part.source).length)
    .reduce((sum, size) => sum + size, 0);
}

describe('what a page weighs', () => {
  it('the phone: at most 270 kB before today is seen', () => {
    const files = firstLoad('h5').add('h5.html');
    expect(weight(files, '.gz')).toBeGreaterThan(100 * KILOBYTE);
    expect(weight(files, '.gz')).toBeLessThanOrEqual(270 * KILOBYTE);
    expect(weight(files, '.br')).toBeLessThanOrEqual(235 * KILOBYTE);
  });

  it('the desk: at most 450 kB before the dashboard is seen', () => {
    const size = weight(firstLoad('desk', ['DashboardRoute']).add('index.html'), '.gz');
    expect(size).toBeGreaterThan(100 * KILOBYTE);
    expect(size).toBeLessThanOrEqual(450 * KILOBYTE);
  });

  it('the map is in neither', () => {
    const hasMap = (files: Set<string>) =>
      [...files].some((name) => chunkOf(name)?.moduleIds.some((id) => id.includes('maplibre-gl')) ?? false);
    expect(hasMap(firstLoad('h5'))).toBe(false);
    expect(hasMap(firstLoad('desk', ['DashboardRoute']))).toBe(false);
    expect(
      output.some((part) => part.type === 'chunk' && part.moduleIds.some((id) => id.includes('maplibre-gl'))),
    ).toBe(true);
  });

  it('the database of the phone is not in its first load', () => {
    const holds = (files: Iterable<string>) =>
      [...files].filter((name) => chunkOf(name)?.moduleIds.some((id) => id.includes('/dexie/')));
    expect(holds(firstLoad('h5'))).toEqual([]);
    expect(holds(output.map(({ fileName }) => fileName))).toHaveLength(1);
  });

  it('no source map and no text of a document leaves the build', () => {
    expect(output.filter(({ fileName }) => fileName.endsWith('.map'))).toEqual([]);
    for (const part of output) {
      if (part.type === 'chunk' && !part.moduleIds.some((id) => id.includes('node_modules'))) {
        expect(part.code, part.fileName).not.toMatch(/query \w+Query\s*[({]/);
      }
    }
  });
});
