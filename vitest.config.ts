import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
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
  },
});
