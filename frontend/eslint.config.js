import { readdirSync } from 'node:fs';
import babelParser from '@babel/eslint-parser';
import reactHooks from 'eslint-plugin-react-hooks';

const FEATURES = readdirSync(new URL('src/features', import.meta.url));

/** Where a file may not reach, from where it lies: parts of `src`, and for a feature all others by name. */
const ZONES = [
  { name: 'relay', closed: ['shared', 'features', 'desk', 'h5', 'catalogues\\w*'] },
  { name: 'shared', closed: ['features', 'desk', 'h5', 'catalogues\\w*'] },
  // One zone a feature: what two of them need is shared, what needs two of them is a route of a shell.
  ...FEATURES.map((own) => ({
    name: `features/${own}`,
    closed: [
      ...FEATURES.filter((name) => name !== own).map((name) => `features/${name}`),
      'desk',
      'h5',
      'catalogues\\w*',
    ],
  })),
  { name: 'desk', closed: ['h5'] },
  { name: 'h5', closed: ['desk'] },
];

const ALIKE = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: a name is found again by searching for it.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that says it.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that says it.' },
];

function zone({ name, closed }) {
  const message = `${name} may not reach there; docs/frontend.md says what may import what.`;
  const near = closed.map((part) => part.replace('features/', '(features/)?'));
  const regex = `^(@/(${closed.join('|')})|(\\.\\./)+(${near.join('|')}))(/|$)`;
  return {
    name: `zone/${name}`,
    files: [`src/${name}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
      'no-restricted-syntax': [
        'error',
        ...ALIKE,
        { selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`, message },
      ],
    },
  };
}

/** Younger than the browsers that the build is made for (Chrome 87, Safari 14), and not added by `olderBrowsers.ts`. */
const YOUNG = [
  ...['findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'isWellFormed'].map((property) => ({
    property,
  })),
  ...['any', 'withResolvers'].map((property) => ({ object: 'Promise', property })),
  { object: 'Object', property: 'groupBy' },
  ...['any', 'timeout'].map((property) => ({ object: 'AbortSignal', property })),
  { object: 'URL', property: 'canParse' },
].map((young) => ({ ...young, message: 'Older telephones do not have it; docs/frontend.md says which are served.' }));

const BABEL = {
  requireConfigFile: false,
  babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ['typescript', 'jsx'] } },
};

const PLAIN_LINES = { skipBlankLines: true, skipComments: true };

// TypeScript itself (`tsc`) says what is unused, undefined or of another type; these rules say the rest.
export default [
  { ignores: ['dist/', 'src/__generated__/'] },
  {
    files: ['**/*.{js,mjs,ts,tsx}'],
    languageOptions: { parser: babelParser, parserOptions: BABEL },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  // What speaks to browsers of long ago is written for them.
  { files: ['public/**'], rules: { 'no-var': 'off' } },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'no-restricted-syntax': ['error', ...ALIKE],
      'no-restricted-properties': ['error', ...YOUNG],
      'no-restricted-globals': ['error', 'structuredClone', 'requestIdleCallback', 'reportError'],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { ...PLAIN_LINES, max: 200 }],
    },
  },
  // A component that needs more is two components, or a component and a hook.
  { files: ['src/**/*.tsx'], rules: { 'max-lines': ['error', { ...PLAIN_LINES, max: 120 }] } },
  { files: ['src/**/{zh-CN,en}.ts'], rules: { 'max-lines': ['error', { ...PLAIN_LINES, max: 300 }] } },
  ...ZONES.map(zone),
];
