import type { TestProject } from 'vitest/node';
import { TestStack } from './test-stack';

/** Runs once around all test files; parts start on demand, so that pure tests pay nothing. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = new TestStack();
  await stack.prepare();
  project.provide('testStackUrl', await stack.open());
  return () => stack.close();
}
