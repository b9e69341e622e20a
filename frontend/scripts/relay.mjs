// Compiles the GraphQL documents of the pages: types into src/__generated__, documents by id into persisted.json;
// and writes the contract's permissions and map measures as types. Both start empty, so that no document outlives the page that sent it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mapMeasureType, permissionType } from './permissions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

export function compileDocuments() {
  let before = '{}';
  try {
    before = readFileSync(`${root}/persisted.json`, 'utf8');
  } catch {
    // The first compilation.
  }
  rmSync(`${root}/src/__generated__`, { recursive: true, force: true });
  mkdirSync(`${root}/src/__generated__`, { recursive: true });
  writeFileSync(`${root}/persisted.json`, '{}\n');
  const compiled = spawnSync(
    process.execPath,
    ['node_modules/relay-compiler/cli.js', 'relay.config.json', '--repersist', ...process.argv.slice(2)],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (compiled.status !== 0) {
    writeFileSync(`${root}/persisted.json`, before);
    process.stderr.write(compiled.stdout + compiled.stderr);
    process.exit(compiled.status ?? 1);
  }
  // Afterwards: the compiler clears its folder of what it did not write.
  const sdl = readFileSync(`${root}/../schema/schema.graphql`, 'utf8');
  writeFileSync(`${root}/src/__generated__/permission.ts`, permissionType(sdl));
  writeFileSync(`${root}/src/__generated__/mapMeasure.ts`, mapMeasureType(sdl));
  // One order on every machine, so that a diff shows what changed and nothing else.
  const documents = JSON.parse(readFileSync(`${root}/persisted.json`, 'utf8'));
  const sorted = Object.fromEntries(Object.entries(documents).sort(([a], [b]) => (a < b ? -1 : 1)));
  const after = JSON.stringify(sorted, null, 2) + '\n';
  writeFileSync(`${root}/persisted.json`, after);
  return { isFresh: before === after, count: Object.keys(sorted).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { count } = compileDocuments();
  console.log(`${count} documents`);
}
