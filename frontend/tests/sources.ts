import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '../src');

/** Every file of `src` whose name ends so, by its path there, with its text; what the Relay compiler wrote is left out. */
export function sourcesEnding(...endings: string[]): Map<string, string> {
  const paths = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (path) => endings.some((ending) => path.endsWith(ending)) && !path.includes('__generated__'),
  );
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(SOURCES, path), 'utf8')]));
}
