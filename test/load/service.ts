import { randomBytes } from 'node:crypto';
import { pause } from '../../src/agent/protocol/pause';
import type { WireCluster } from '../../src/agent/protocol/wire-cluster';
import { createUserApi, type UserApi } from '../../src/cli/install-test/user-api';
import type { StackFile } from '../../src/dev/stack-file';

export const benchVersion = '4.8';

/** The API of a stack as its user. */
export function createBenchApi(file: StackFile, signal: AbortSignal): UserApi {
  return createUserApi({ url: file.api_url, token: file.user_token }, signal);
}

/** Registers a cluster with a name of its own. */
export function registerCluster(api: UserApi, file: StackFile): Promise<WireCluster> {
  return api.register({
    name: `bench-${randomBytes(6).toString('hex')}`,
    openshift_version: benchVersion,
    pull_secret: file.pull_secret,
    base_dns_domain: 'example.com',
    vip_dhcp_allocation: false,
  });
}

/** Looks at a cluster until the condition holds. */
export async function waitForCluster(api: UserApi, id: string, signal: AbortSignal, holds: (cluster: WireCluster) => boolean): Promise<void> {
  while (!holds(await api.get(id))) await pause(100, signal);
}
