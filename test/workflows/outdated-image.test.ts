import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import type { ClusterIntent } from '../../src/domain/cluster/intents';
import { registerIntent } from '../support/register-intent';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

const config = JSON.stringify({ ignition: { version: '3.1.0' } });
const request: ClusterIntent = { operation: 'generateImage', sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' };
/** Object work in the order it was done; builds wait while `gate` is closed. */
const done: string[] = [];
let gate: { opened: Promise<void>; open: () => void };
let service: WorkflowService;

function closeGate(): void {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  gate = { opened, open };
}

beforeAll(async () => {
  service = await startWorkflowService(() => ({
    images: {
      async build() {
        done.push('build begins');
        await gate.opened;
        done.push('build ends');
        return { sizeBytes: 1 };
      },
      find: () => Promise.resolve(undefined),
      async remove() {
        done.push('removal');
      },
    },
  }));
});
afterAll(() => service.close());

async function send(clusterId: string, body: ClusterIntent): Promise<void> {
  const id = randomUUID();
  await insertIntent(service.database.db, { id, clusterId, requestId: id, userName: 'user', body, ...(body.operation === 'register' && { secret: service.deps.secretBox.seal('{}') }), at: new Date() });
  const message = { requestId: id, intentId: id };
  if (body.operation === 'register') await service.messenger.register(clusterId, message, { name: body.name, baseDnsDomain: body.baseDnsDomain });
  else await service.messenger.update(clusterId, body.operation, message);
}

describe('a change of the discovery ignition', () => {
  it('removes the image that was being built meanwhile, and a newer request is built after that', async () => {
    const clusterId = randomUUID();
    await send(clusterId, registerIntent({}));
    closeGate();
    const building = send(clusterId, request);
    await expect.poll(() => done).toEqual(['build begins']);
    await send(clusterId, { operation: 'updateDiscoveryIgnition', config });
    gate.open();
    await building;
    await expect.poll(() => done).toEqual(['build begins', 'build ends', 'removal']);
    const infraEnv = async () => (await loadSnapshot(service.database.db, clusterId))?.snapshot.infraEnv;
    await expect.poll(async () => (await infraEnv())?.imageGenerated).toBe(false);
    expect(await infraEnv()).toMatchObject({ ignitionConfigOverrides: config, imageHash: '' });
  });
});
