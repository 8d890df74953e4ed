/** What the lint cannot see: cycles between files, and domain code that reaches for the platform. */
export default {
  forbidden: [
    {
      name: 'no-file-cycles',
      severity: 'error',
      comment: 'Types are erased: only imports that run can fail to find each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/.*/domain/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/generated/|node_modules)' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@funnelwatch/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
