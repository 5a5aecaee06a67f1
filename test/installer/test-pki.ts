import { createPki, type ClusterPki } from '../../src/installer/pki/create-pki';

/** Keys and certificates of a cluster, valid now. */
export function createTestPki(): Promise<ClusterPki> {
  return createPki({ name: 'demo', domain: 'example.com', now: new Date() });
}
