/** Import directions: src/sync <- passes <- edges and jobs; connectors know only the types of src/sync; compose.ts knows all. */
const test = '\\.(test|contract)\\.ts$|/vitest-contract\\.ts$|/testing/';
const ports = '^connectors/[^/]+/[a-z-]*port\\.ts$';
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'sync-is-pure',
      comment: 'src/sync imports nothing outside itself (tests may use vitest and fast-check)',
      severity: 'error',
      from: { path: '^src/sync/', pathNot: test },
      to: { pathNot: '^src/sync/' },
    },
    {
      name: 'passes-speak-ports',
      severity: 'error',
      from: { path: '^src/passes/', pathNot: test },
      to: {
        path: '^(src|connectors|jobs|config)/',
        pathNot: `^src/(passes|sync)/|${ports}`,
      },
    },
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/', pathNot: test },
      to: { path: '^connectors/', pathNot: '^connectors/$1/' },
    },
    {
      name: 'connectors-know-sync-only',
      severity: 'error',
      from: { path: '^connectors/', pathNot: test },
      to: { path: '^(src|jobs|config)/', pathNot: '^src/sync/' },
    },
    {
      name: 'edges-speak-passes-and-ports',
      comment: 'only compose.ts names concrete adapters',
      severity: 'error',
      from: { path: '^(src/http|jobs)/', pathNot: test },
      to: { path: '^connectors/', pathNot: ports },
    },
    {
      name: 'command-line-asks-operations',
      comment:
        'what it asks is carried out by a server, or by compose.ts, which in-process.ts alone may load; in-process-rest.ts starts a face of the embedded Domino',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: `${test}|^src/cli/in-process(-rest|-doctor)?\\.ts$` },
      to: {
        path: '^(src|connectors|jobs)/',
        pathNot: '^src/(cli|data-dir|sync)/|^src/operations/operation\\.ts$',
      },
    },
    {
      name: 'pages-know-types-only',
      comment:
        'what runs in a browser takes types from ports, operations and schemas, and no code but constants of a port',
      severity: 'error',
      from: { path: '^src/web/console/' },
      to: {
        path: '^(src|connectors|jobs|config)/',
        pathNot: `^src/web/console/|${ports}`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'data-dir-stands-alone',
      severity: 'error',
      from: { path: '^src/data-dir/', pathNot: test },
      to: { path: '^(src|connectors|jobs|config)/', pathNot: '^src/data-dir/' },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^(src|connectors|jobs|config)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '@domino/domino-db' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
