// SPDX-License-Identifier: Apache-2.0
import js from '@eslint/js';
import {configs as lit} from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** Which layers a layer may import; the rest of `src` is out of its reach. */
const LAYERS = {
  api: ['api'],
  pixels: ['pixels'],
  texts: ['api', 'texts'],
  kinds: ['api', 'kinds', 'pixels', 'texts'],
  decode: ['api', 'decode', 'kinds', 'pixels'],
  existing: ['api', 'decode', 'existing', 'pixels'],
  modes: ['kinds', 'modes'],
  layouts: ['layouts'],
  store: ['api', 'layouts', 'modes', 'store'],
  views: ['api', 'decode', 'kinds', 'layouts', 'modes', 'pixels', 'store', 'texts', 'views'],
  icons: ['icons'],
  theme: ['theme'],
  controls: ['controls', 'icons', 'texts'],
  export: [
    'api',
    'controls',
    'decode',
    'export',
    'icons',
    'kinds',
    'modes',
    'pixels',
    'store',
    'texts',
    'theme',
    'views',
  ],
  components: [
    'api',
    'components',
    'controls',
    'decode',
    'existing',
    'export',
    'icons',
    'kinds',
    'layouts',
    'modes',
    'pixels',
    'store',
    'texts',
    'theme',
    'views',
  ],
};
const ALL = Object.keys(LAYERS);

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [
              ...ALL.filter((name) => !allowed.includes(name)).map((name) => `**/${name}/*`),
              '**/host.js',
            ],
            message: `${layer}/ may import only ${allowed.join(', ')}: see docs/architecture.md.`,
          },
          // `store/page.js` is another.
          {regex: '^(\\.\\./)+page\\.js$', message: 'page.ts shows a session; nothing needs it.'},
        ],
      },
    ],
  },
}));

/** What no file of `src` may say. */
const SYNTAX = [
  {
    selector: 'AssignmentExpression > MemberExpression[property.name=/^(inner|outer)HTML$/]',
    message: 'Names and captions are data: render them as text.',
  },
  {
    selector:
      ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])' +
      '[accessibility="private"]:not(:has(> Decorator))',
    message: 'Private members are #private, but for decorated ones and parameter properties.',
  },
  {
    selector:
      'CallExpression > MemberExpression[object.type="ThisExpression"][property.name="addController"]',
    message: 'A controller adds itself to the host that it is made with.',
  },
];

/** The session knows the modes before anything can be painted, so that they hold nothing that paints. */
const modesRule = {
  files: ['src/modes/**/*.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...SYNTAX,
      {
        selector: "ImportDeclaration[importKind!='type'][source.value=/kinds/]",
        message: 'A mode imports types only; it draws with what is in its Pane.',
      },
    ],
  },
};

/** `index.ts` is loaded before all else, so it holds nothing that shows anything. */
const indexRule = {
  files: ['src/index.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['components', 'controls', 'export', 'icons', 'kinds', 'pixels', 'views'].map(
              (name) => `**/${name}/*`,
            ),
            message: 'What shows something is loaded with page.ts: see docs/architecture.md.',
          },
        ],
      },
    ],
  },
};

export default tseslint.config(
  {ignores: ['node_modules/', 'coverage/']},
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {considerDefaultExhaustiveForUnions: true},
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Typed arrays are read in inner loops whose bounds the loop holds.
      '@typescript-eslint/no-non-null-assertion': 'off',
      curly: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit['flat/recommended']],
    rules: {
      'no-restricted-globals': ['error', 'event', 'name', 'status'],
      'no-restricted-syntax': ['error', ...SYNTAX],
    },
  },
  ...layerRules,
  modesRule,
  indexRule,
  {
    files: ['**/*.mjs'],
    languageOptions: {globals: {console: 'readonly', process: 'readonly', URL: 'readonly'}},
  },
);
