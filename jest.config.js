const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
};

/** A project is a set of tests by what it needs: `unit` only npm, `slow` minutes, the others a service each. */
export default {
  coverageProvider: 'v8',
  collectCoverageFrom: ['server/**/*.ts'],
  // A test that hangs is ended. Threads and children start slowly on a busy machine, so 5 s would end sound ones.
  testTimeout: 30_000,
  // One for each core; jest would leave one idle.
  maxWorkers: '100%',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/slow/',
        '<rootDir>/test/nightly/',
        '<rootDir>/test/browser/',
        '<rootDir>/test/mongo/',
      ],
    },
    { ...common, displayName: 'slow', testMatch: ['<rootDir>/test/slow/**/*.test.ts'] },
    { ...common, displayName: 'nightly', testMatch: ['<rootDir>/test/nightly/**/*.test.ts'] },
    { ...common, displayName: 'mongo', testMatch: ['<rootDir>/test/mongo/**/*.test.ts'] },
    { ...common, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
};
