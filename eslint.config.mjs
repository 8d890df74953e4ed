import nx from '@nx/eslint-plugin';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const allow = (sourceTag, ...tags) => ({ sourceTag, onlyDependOnLibsWithTags: tags });

export const depConstraints = [
  allow(
    'type:app',
    ...['type:composition', 'type:context', 'type:contracts', 'type:platform', 'type:client', 'type:ui', 'type:kernel'],
  ),
  allow('type:composition', 'type:context', 'type:platform'),
  allow('type:context', 'type:contracts', 'type:platform', 'type:client', 'type:kernel'),
  allow('type:client', 'type:platform', 'type:kernel'),
  allow('type:platform', 'type:platform', 'type:kernel'),
  allow('type:ui', 'type:ui', 'type:contracts', 'type:kernel'),
  allow('type:contracts', 'type:kernel'),
  {
    sourceTag: 'type:kernel',
    onlyDependOnLibsWithTags: ['type:kernel'],
    allowedExternalImports: ['@jest/globals', 'fast-check'],
  },
  allow('runtime:node', 'runtime:node', 'runtime:any'),
  allow('runtime:browser', 'runtime:browser', 'runtime:any'),
  allow('runtime:any', 'runtime:any'),
];

const impure = {
  patterns: [
    {
      group: ['@nestjs/*', 'typeorm', 'pg', 'kafkajs', 'node:*', '**/infrastructure/**', '**/application/**'],
      message: 'Domain code takes time, ids and data as arguments and speaks to nothing outside.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', '**/coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], banTransitiveDependencies: false, depConstraints }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  {
    files: [
      '**/*.decorated.ts',
      'apps/api/**/*.ts',
      'apps/ingest/**/*.ts',
      'apps/projector/**/*.ts',
      'apps/curator/**/*.ts',
    ],
    rules: {
      // Classes that Nest injects must stay value imports, or the injection token is lost.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['libs/*/src/**/domain/**/*.ts', 'libs/kernel/src/**/*.ts', 'libs/statistics/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', impure] },
  },
  {
    files: ['**/*.spec.ts', 'tests/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name='only']",
          message: 'A focused test hides all the others.',
        },
        {
          selector:
            'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|todo)$/]:not([arguments.0.value=/ — skipped: /])',
          message: 'A skipped test says why: end its title with " — skipped: <reason>".',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' } },
  },
);
