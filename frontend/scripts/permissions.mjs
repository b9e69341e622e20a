// Names of the contract as types: a page that asks for a permission or a measure that is not there does not compile.
import { Kind, parse, visit } from 'graphql';

const NAME = 'Permission';

/** The values of `enum Permission` where the contract has it, else what `@requires` asks for on its fields. */
export function permissionsOf(sdl) {
  const declared = [];
  const required = [];
  visit(parse(sdl), {
    EnumTypeDefinition({ name, values }) {
      if (name.value === NAME) declared.push(...values.map((value) => value.name.value));
    },
    Directive({ name, arguments: given }) {
      if (name.value !== 'requires') return;
      for (const { value } of given) if (value.kind === Kind.STRING) required.push(value.value);
    },
  });
  return [...new Set(declared.length > 0 ? declared : required)].toSorted();
}

/** The values of `enum MapMeasure`: what the polygons of the tiles tell of a grid. */
export function mapMeasureType(sdl) {
  const names = [];
  visit(parse(sdl), {
    EnumTypeDefinition({ name, values }) {
      if (name.value === 'MapMeasure') names.push(...values.map((value) => value.name.value));
    },
  });
  if (names.length === 0) throw new Error('the contract names no measure of the map');
  return `/** Made from schema/schema.graphql by scripts/permissions.mjs. */\nexport type MapMeasure =\n${names.map((name) => `  | '${name}'`).join('\n')};\n`;
}

export function permissionType(sdl) {
  const names = permissionsOf(sdl);
  if (names.length === 0) throw new Error('the contract names no permission');
  return `/** Made from schema/schema.graphql by scripts/permissions.mjs. */\nexport type ${NAME} =\n${names.map((name) => `  | '${name}'`).join('\n')};\n`;
}
