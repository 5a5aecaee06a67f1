import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { lockCluster } from '../../src/db/record-facts';
import { clusterVersions } from '../../src/db/schema/clusters';
import { events } from '../../src/db/schema/events';
import { hostHeartbeats } from '../../src/db/schema/hosts';
import type { ClusterFact } from '../../src/domain/cluster/facts';
import type { ClusterIntent, RegisterIntent } from '../../src/domain/cluster/intents';
import type { ClusterSnapshot } from '../../src/domain/cluster/model';
import { countStages, stagesOf } from '../../src/domain/host/stages';
import type { HostStage } from '../../src/domain/host/stage';
import type { StepType } from '../../src/domain/host/step-type';
import { sendIntent } from '../../src/services/clusters/send-intent';
import { Unavailable } from '../../src/services/errors';
import { reportOperator } from '../../src/services/clusters/report-operator';
import { uploadIngressCert } from '../../src/services/clusters/upload-ingress-cert';
import { recordFacts } from '../../src/services/facts/record-fact';
import { registerHost } from '../../src/services/hosts/register-host';
import { reportProgress } from '../../src/services/hosts/report-progress';
import { reportStep } from '../../src/services/hosts/report-step';
import type { Store } from '../../src/store/store';
import { WorkflowNotFoundError } from '../../src/temporal/errors';
import { clusterWorkflowId } from '../../workflows/cluster/contract';
import { factsChangedSignal } from '../../workflows/cluster/messages';
import type { Explanation } from '../../workflows/cluster/explain';
import { makeConnectivity, makeInventory } from './machines';
import { plantedSecrets } from './object-makers';
import { registerIntent } from './register-intent';
import type { WorkflowService } from './workflow-service';

const makeRegistration = (changes: Partial<RegisterIntent>): RegisterIntent => registerIntent({ userName: 'ann', orgId: '11', ...changes });

/** One cluster's life played through the services, as users, agents and the controller would. Each step waits until the workflow has seen it. */
export class ClusterLife {
  readonly hosts: string[] = [];
  readonly #agents;

  constructor(readonly service: WorkflowService, readonly clusterId: string = randomUUID()) {
    this.#agents = { db: service.database.db, messenger: service.messenger, settings: service.deps.settings, log: service.deps.log, metrics: service.deps.metrics };
    service.lives.push(this);
  }

  get workflowId(): string {
    return clusterWorkflowId(this.clusterId);
  }

  get handle() {
    return this.service.environment.client.workflow.getHandle(this.workflowId);
  }

  /** Does what a user asks for; rejects with what the service would answer. */
  async do(body: ClusterIntent, idempotencyKey?: string): Promise<void> {
    const secret = body.operation === 'register' ? { secret: this.service.deps.secretBox.seal(JSON.stringify({ auths: { 'quay.io': { auth: plantedSecrets.pullSecret } } })) } : {};
    await sendIntent(
      { db: this.service.database.db, messenger: this.service.messenger },
      { clusterId: this.clusterId, userName: 'ann', body, ...secret, ...(idempotencyKey !== undefined && { idempotencyKey }) },
    );
  }

  /** As the answer to a user says: what could not be done now is sent again with the same key. */
  async insist(body: ClusterIntent, idempotencyKey: string = randomUUID()): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.do(body, idempotencyKey);
      } catch (error) {
        if (attempt === 10 || !(error instanceof Unavailable)) throw error;
      }
    }
  }

  async register(changes: Partial<RegisterIntent> = {}, idempotencyKey?: string): Promise<this> {
    await this.insist(makeRegistration(changes), idempotencyKey);
    return this;
  }

  /** A single attempt. */
  async registerOnce(changes: Partial<RegisterIntent> = {}, idempotencyKey?: string): Promise<this> {
    await this.do(makeRegistration(changes), idempotencyKey);
    return this;
  }

  explain(): Promise<Explanation> {
    return this.handle.query<Explanation>('explain');
  }

  async snapshot(): Promise<ClusterSnapshot> {
    const loaded = await loadSnapshot(this.service.database.db, this.clusterId);
    if (!loaded) throw new Error('the cluster has no rows');
    return loaded.snapshot;
  }

  async eventNames(): Promise<string[]> {
    const rows = await this.service.database.db.select().from(events).where(eq(events.clusterId, this.clusterId)).orderBy(events.id);
    return rows.map((row) => row.name);
  }

  /** Waits until the workflow has applied every fact that was recorded. */
  async settled(timeout = 60_000): Promise<void> {
    await expect.poll(async () => {
      const [versions] = await this.service.database.db.select().from(clusterVersions).where(eq(clusterVersions.clusterId, this.clusterId));
      return versions && versions.factsVersion - versions.appliedVersion;
    }, { timeout, interval: 20 }).toBe(0);
  }

  async reaches(status: string, timeout = 60_000): Promise<void> {
    await expect.poll(async () => (await this.snapshot()).cluster.status, { timeout, interval: 20 }).toBe(status);
  }

  async step(hostId: string, stepType: StepType, output: unknown): Promise<void> {
    await reportStep(this.#agents, this.clusterId, hostId, { stepType, stepId: `${stepType}-1`, exitCode: 0, output: JSON.stringify(output), error: '' });
    await this.settled();
  }

  /** A machine introduces itself; returns its id without waiting for the workflow. */
  async registerHost(): Promise<string> {
    const hostId = randomUUID();
    this.hosts.push(hostId);
    await registerHost(this.#agents, this.clusterId, { hostId, discoveryAgentVersion: 'v1' });
    return hostId;
  }

  async registerHosts(count = 3): Promise<this> {
    for (let index = 0; index < count; index += 1) {
      await this.registerHost();
      // Where time skips, agents that stopped polling at the present time would be silent at once.
      if (this.service.environment.supportsTimeSkipping) await this.moveHeartbeats(new Date('2100-01-01'));
      await this.settled();
    }
    return this;
  }

  /** Registers hosts, has them discovered, and sets the virtual addresses. */
  async discover(count = 3): Promise<this> {
    await this.registerHosts(count);
    for (const [index, hostId] of this.hosts.entries()) {
      await this.step(hostId, 'inventory', makeInventory(index));
      await this.step(hostId, 'ntp-synchronizer', { ntp_sources: [{ source_name: 'ntp.example.com', source_state: 'synced' }] });
    }
    for (const [index, hostId] of this.hosts.entries()) await this.step(hostId, 'connectivity-check', makeConnectivity(this.hosts, index));
    await this.insist({ operation: 'updateCluster', apiVip: '192.168.126.100', ingressVip: '192.168.126.101' });
    await this.reaches('ready');
    return this;
  }

  /** Every host proves that its disk is fast enough and that it can pull the images. */
  async prepareHosts(): Promise<this> {
    await expect.poll(async () => (await this.snapshot()).hosts.every((host) => host.status === 'preparing-for-installation')).toBe(true);
    for (const host of (await this.snapshot()).hosts) {
      await this.step(host.id, 'installation-disk-speed-check', { path: host.installationDiskId || host.installationDiskPath, io_sync_duration: 2 });
      await this.step(host.id, 'container-image-availability', { images: [{ name: 'quay.io/example/installer:1', result: 'success', size_bytes: 1000, time: 1, download_rate: 10 }] });
    }
    return this;
  }

  async install(): Promise<this> {
    await this.insist({ operation: 'install' });
    await this.prepareHosts();
    await this.reaches('installing');
    return this;
  }

  async progress(hostId: string, stage: HostStage, info = ''): Promise<void> {
    await reportProgress(this.#agents, this.clusterId, hostId, { stage, info });
    await this.settled();
  }

  /** Hosts go through all their stages, one after the other, the image written in 5 % steps. */
  async runStages(): Promise<this> {
    await expect.poll(async () => (await this.snapshot()).hosts.every((host) => host.status.startsWith('installing'))).toBe(true);
    for (const host of (await this.snapshot()).hosts) {
      for (const stage of stagesOf(host).slice(countStages(host, false).reached)) {
        await this.progress(host.id, stage);
        if (stage !== 'Writing image to disk') continue;
        for (let percent = 5; percent <= 100; percent += 5) await this.progress(host.id, stage, `${percent}%`);
      }
    }
    await this.reaches('finalizing');
    return this;
  }

  async finalize(store: Store): Promise<this> {
    await reportOperator(this.#agents, this.clusterId, { name: 'console', status: 'available', statusInfo: 'All is well' });
    await uploadIngressCert({ ...this.#agents, store, mergeIngressCa: (kubeconfig, ca) => `${ca}\n${kubeconfig}` }, this.clusterId, 'certificate');
    await this.reaches('installed');
    return this;
  }

  /** Records what an agent or the controller says as said at the server's time, which may have been skipped ahead of the present. */
  async record(fact: ClusterFact): Promise<void> {
    const at = new Date(await this.service.environment.currentTimeMs());
    await this.service.database.db.transaction(async (tx) => {
      const versions = await lockCluster(tx, this.clusterId);
      if (!versions) throw new Error('the cluster is not there');
      await recordFacts(tx, versions, [fact], at);
    });
    await this.tell(fact.kind);
    await this.settled();
  }

  /** Between two runs of a workflow the time-skipping server knows none, for a moment. */
  private async tell(what: string): Promise<void> {
    const isTold = () => this.service.messenger.signal(this.clusterId, factsChangedSignal, { what }).then(() => true, (error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    });
    await expect.poll(isTold, { timeout: 60_000 }).toBe(true);
  }

  async moveHeartbeats(checkedInAt: Date): Promise<void> {
    await this.service.database.db.update(hostHeartbeats).set({ checkedInAt }).where(eq(hostHeartbeats.infraEnvId, this.clusterId));
  }
}
