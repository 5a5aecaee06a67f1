import tseslint from 'typescript-eslint';

/** Imports that a folder may not have, as regular expressions on the module's name. */
const forbid = (...names) => ({
  'no-restricted-imports': ['error', { patterns: names.map((regex) => ({ regex, message: 'This folder may not import it: see docs/architecture.md' })) }],
});
const nodeBuiltins = '^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|process|stream|timers|tls|url|util|worker_threads|zlib)(/|$))';
const frameworks = ['^zod', '^drizzle-orm', '^postgres$', '^hono', '^@hono/', '^@aws-sdk/', '^pino', '^jose$'];
const impure = [
  ...['setTimeout', 'setInterval', 'fetch', 'process', 'Buffer', 'crypto'].map((name) => ({ name, message: 'Pure code has no I/O.' })),
];
const noClock = [
  { object: 'Date', property: 'now', message: 'Time comes in as a value.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in as a value.' },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'drizzle/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/require-await': 'off',
      // Services are objects of closures: their methods have no this.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/domain/**'],
    rules: {
      ...forbid(nodeBuiltins, ...frameworks, '^@temporalio/'),
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-properties': ['error', ...noClock],
    },
  },
  {
    files: ['workflows/**'],
    rules: {
      ...forbid(nodeBuiltins, ...frameworks, '^@temporalio/(?!workflow$|common$)'),
      'no-restricted-globals': ['error', ...impure],
    },
  },
  { files: ['src/api/**'], rules: forbid('^drizzle-orm', '^postgres$', '^@temporalio/', '^@aws-sdk/') },
  {
    files: ['test/**'],
    rules: {
      // Asymmetric matchers (expect.any …) are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
);
