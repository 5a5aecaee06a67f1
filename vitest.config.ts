import { defineConfig } from 'vitest/config';

/** Each project has the real parts at hand; none is started before a test asks for it. */
const globalSetup = ['test/support/global-setup.ts'];

/** Tests of pure code: nothing in it keeps anything, so a process can take one file after the other. */
const pure = ['test/domain/**/*.test.ts'];

export default defineConfig({
  test: {
    // Forks, not threads: Temporal's native worker and process-wide signals live in the tests.
    pool: 'forks',
    // Tests of real parts wait more than they compute: one worker for each core, where the default leaves one free.
    maxWorkers: '100%',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Limits tell a hang from an end, never a slow machine from a quick one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 50 } },
    teardownTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: pure, globalSetup } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false, globalSetup } },
    ],
  },
});
