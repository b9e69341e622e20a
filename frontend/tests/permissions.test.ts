import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapMeasureType, permissionsOf, permissionType } from '../scripts/permissions.mjs';

const CONTRACT = readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');
const DIRECTIVE = 'directive @requires(permission: String!) on FIELD_DEFINITION\n';

describe('the type of permissions', () => {
  it('is the enum where the contract has one', () => {
    const sdl = `${DIRECTIVE}enum Permission { WALK SEE }\ntype Query { a: Int @requires(permission: "see") }`;
    expect(permissionsOf(sdl)).toEqual(['SEE', 'WALK']);
  });
  it('is what fields require where it has none, each once', () => {
    const sdl = `${DIRECTIVE}type Query { a: Int @requires(permission: "see") b: Int @requires(permission: "see") c: Int @requires(permission: "act") }`;
    expect(permissionsOf(sdl)).toEqual(['act', 'see']);
    expect(permissionType(sdl)).toContain("export type Permission =\n  | 'act'\n  | 'see';");
  });
  it('is never empty: a page could then ask for nothing', () => {
    expect(() => permissionType('type Query { a: Int }')).toThrow('names no permission');
    expect(permissionsOf(CONTRACT).length).toBeGreaterThan(5);
  });
});

describe('the type of map measures', () => {
  it('is what the contract names, and never empty', () => {
    expect(mapMeasureType(CONTRACT)).toContain("| 'customers'");
    expect(mapMeasureType('enum MapMeasure { hens }')).toContain("export type MapMeasure =\n  | 'hens';");
    expect(() => mapMeasureType('type Query { a: Int }')).toThrow('names no measure');
  });
});
