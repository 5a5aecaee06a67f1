import { applyFact } from '../../../src/domain/cluster/apply-fact';
import { applyIntent } from '../../../src/domain/cluster/apply-intent';
import { applyOutcome } from '../../../src/domain/cluster/apply-outcome';
import { createClusterSnapshot } from '../../../src/domain/cluster/create';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { Change, Evaluation } from '../../../src/domain/cluster/evaluation';
import type { ClusterFact } from '../../../src/domain/cluster/facts';
import type { ChangeIntent, RegisterIntent } from '../../../src/domain/cluster/intents';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { draftRefusalEvents } from '../../../src/domain/cluster/refusal-events';
import type { ClusterOutcome } from '../../../src/domain/cluster/outcomes';
import { defaultDeadlines } from '../../../src/domain/deadlines/default-deadlines';
import type { EventDraft } from '../../../src/domain/events/draft';
import { clearFacts } from '../../../src/domain/host/clear-facts';
import { createHost } from '../../../src/domain/host/create-host';
import { decideHostRegistration } from '../../../src/domain/host/decide-registration';
import { defaultRequirements } from '../../../src/domain/host/hardware';
import type { Inventory } from '../../../src/domain/host/inventory';
import type { Host } from '../../../src/domain/host/model';
import { isRefusal, type Refusal } from '../../../src/domain/refusal';
import { measureChange } from '../../../src/domain/metrics/measure-change';
import type { DomainSettings } from '../../../src/domain/settings';

export const clusterId = '6d1b3f0e-6d39-4a50-9f1e-0c2d7c6d0001';
export const epoch = new Date('2021-06-20T12:00:00.000Z');

export const settings: DomainSettings = {
  requirements: defaultRequirements,
  disabledHostValidations: [],
  deadlines: defaultDeadlines,
  autoReset: false,
  checkClusterVersion: false, defaultImageType: 'full-iso', imageBasis: '',
  operatorNamespaces: { cnv: 'openshift-cnv' },
  agent: {
    serviceBaseUrl: 'http://service.example', agentImage: 'agent:1', installerImage: 'installer:1', controllerImage: 'controller:1', skipCertVerification: false, hasServiceCa: false, serviceIps: [], installationTimeoutMinutes: 0,
    diskCheckTimeoutSeconds: 480, supportL2: true, imagePullTimeoutSeconds: 1800, releaseImages: {}, disabledSteps: [],
  },
};

export const registerIntent: RegisterIntent = {
  operation: 'register', name: 'demo', userName: 'user', orgId: 'org', emailDomain: 'example.com', openshiftVersion: '4.8.0', ocpReleaseImage: 'release:4.8.0',
  highAvailabilityMode: null, baseDnsDomain: 'example.com', clusterNetworkCidr: '10.128.0.0/14', clusterNetworkHostPrefix: 23, serviceNetworkCidr: '172.30.0.0/16',
  ingressVip: '', sshPublicKey: '', vipDhcpAllocation: false, userManagedNetworking: false, additionalNtpSource: '', hyperthreading: 'all',
  httpProxy: '', httpsProxy: '', noProxy: '', olmOperators: [],
};

export function hostId(index: number): string {
  return `00000000-0000-0000-0000-00000000000${index}`;
}

const address = (index: number): string => `192.168.126.${10 + index}`;

export function makeInventory(index: number, now: Date): Inventory {
  return {
    hostname: `server-${index}`,
    timestamp: Math.floor(now.getTime() / 1000),
    system_vendor: { manufacturer: 'Example', product_name: 'Server', serial_number: `S${index}` },
    memory: { physical_bytes: 34_359_738_368, usable_bytes: 34_359_738_368 },
    cpu: { count: 8, flags: ['vmx'], architecture: 'x86_64' },
    interfaces: [{ name: 'eth0', mac_address: `52:54:00:00:00:0${index}`, ipv4_addresses: [`${address(index)}/24`], ipv6_addresses: [] }],
    disks: [{ id: `/dev/disk/by-id/wwn-${index}`, name: 'sda', drive_type: 'HDD', size_bytes: 200_000_000_000, installation_eligibility: { eligible: true, not_eligible_reasons: [] } }],
  };
}

/** What the agent of a host found of the others: full connectivity without loss. */
export function makeConnectivity(index: number, count: number): NonNullable<Host['facts']['connectivity']> {
  const others = Array.from({ length: count }, (_, other) => other + 1).filter((other) => other !== index);
  return {
    remote_hosts: others.map((other) => ({
      host_id: hostId(other),
      l2_connectivity: [{ outgoing_nic: 'eth0', outgoing_ip_address: address(index), remote_ip_address: address(other), remote_mac: `52:54:00:00:00:0${other}`, successful: true }],
      l3_connectivity: [{ outgoing_nic: 'eth0', remote_ip_address: address(other), successful: true, average_rtt_ms: 0.4, packet_loss_percentage: 0 }],
    })),
  };
}

/** A cluster's life played without a service: facts, intents and outcomes, each followed by an evaluation. */
export class Story {
  now = epoch;
  events: EventDraft[] = [];
  statuses: string[] = [];
  snapshot: ClusterSnapshot;
  evaluation: Evaluation;
  #seq = 0;

  constructor(intent: Partial<RegisterIntent> = {}, readonly settings_: DomainSettings = settings) {
    const created = createClusterSnapshot({ ...registerIntent, ...intent }, { clusterId }, true, this.now, settings_);
    this.snapshot = created.snapshot;
    this.statuses.push(created.snapshot.cluster.status);
    this.events.push(...measureChange(created.snapshot, created));
    this.evaluation = this.evaluate();
  }

  get status(): string {
    return this.snapshot.cluster.status;
  }

  host(index: number): Host {
    const host = this.snapshot.hosts.find((candidate) => candidate.id === hostId(index));
    if (host === undefined) throw new Error(`no host ${index}`);
    return host;
  }

  hostStatuses(): string[] {
    return this.snapshot.hosts.map((host) => host.status);
  }

  #take(change: Change): void {
    this.events.push(...measureChange(this.snapshot, change));
    this.snapshot = change.snapshot;
    if (this.statuses.at(-1) !== this.status) this.statuses.push(this.status);
  }

  evaluate(): Evaluation {
    const evaluation = evaluateCluster(this.snapshot, this.now, this.settings_);
    this.#take(evaluation);
    this.evaluation = evaluation;
    return evaluation;
  }

  /** Lets time pass; agents keep polling unless told otherwise. */
  pass(milliseconds: number, options: { silent?: boolean } = {}): this {
    this.now = new Date(this.now.getTime() + milliseconds);
    if (options.silent !== true) this.edit((host) => ({ ...host, checkedInAt: this.now }));
    this.evaluate();
    return this;
  }

  edit(change: (host: Host) => Host): void {
    this.snapshot = { ...this.snapshot, hosts: this.snapshot.hosts.map(change) };
  }

  fact(fact: ClusterFact, { evaluated = true } = {}): this {
    this.#seq += 1;
    this.#take(applyFact(this.snapshot, { seq: this.#seq, at: this.now, fact }, this.settings_));
    if (evaluated) this.evaluate();
    return this;
  }

  outcome(outcome: ClusterOutcome): this {
    this.#take(applyOutcome(this.snapshot, outcome, this.now, this.settings_));
    this.evaluate();
    return this;
  }

  /** Applies an intent; a refusal is returned and changes nothing. */
  try(intent: ChangeIntent): Refusal | undefined {
    const change = applyIntent(this.snapshot, intent, this.now, this.settings_);
    if (isRefusal(change)) {
      this.events.push(...draftRefusalEvents(this.snapshot, intent, change, this.now, this.settings_));
      return change;
    }
    this.#take(change);
    this.evaluate();
    return undefined;
  }

  do(intent: ChangeIntent): this {
    const refusal = this.try(intent);
    if (refusal) throw new Error(refusal.reason);
    return this;
  }

  /** What the service does with a registration: decide, write the row or forget its facts, log. */
  register(index: number, { evaluated = true } = {}): Refusal | undefined {
    const decision = decideHostRegistration(this.snapshot, hostId(index));
    if (isRefusal(decision)) return decision;
    if (decision.isNew) this.snapshot = { ...this.snapshot, hosts: [...this.snapshot.hosts, createHost(this.snapshot, hostId(index), 'v1', this.now)] };
    else if (decision.status === 'discovering') this.edit((host) => (host.id === hostId(index) ? { ...host, facts: clearFacts(host.facts) } : host));
    this.fact({ kind: 'hostRegistered', hostId: hostId(index), discoveryAgentVersion: 'v1', isNew: decision.isNew }, { evaluated });
    return undefined;
  }

  setFacts(index: number, facts: Partial<Host['facts']>): this {
    this.edit((host) => (host.id === hostId(index) ? { ...host, facts: { ...host.facts, ...facts } } : host));
    this.evaluate();
    return this;
  }

  /** Hosts 1 to `count` register and report all there is to discover. */
  discover(count = 3): this {
    for (let index = 1; index <= count; index += 1) {
      this.register(index);
      this.setFacts(index, { inventory: makeInventory(index, this.now), ntpSources: [{ source_name: 'ntp', source_state: 'synced' }] });
    }
    for (let index = 1; index <= count; index += 1) this.setFacts(index, { connectivity: makeConnectivity(index, count) });
    return this;
  }

  setVips(): this {
    return this.do({ operation: 'updateCluster', apiVip: '192.168.126.100', ingressVip: '192.168.126.101' });
  }

  /** All hosts pass the checks of the preparation. */
  prepareHosts(): this {
    for (const host of this.snapshot.hosts) {
      this.edit((candidate) => (candidate.id !== host.id ? candidate : {
        ...candidate,
        facts: {
          ...candidate.facts,
          disksInfo: { [candidate.installationDiskId]: { path: candidate.installationDiskPath, disk_speed: { tested: true, exit_code: 0, speed_ms: 2 } } },
          imagesStatus: { 'installer:1': { name: 'installer:1', size_bytes: 1000, time: 1, download_rate: 10, result: 'success' } },
        },
      }));
    }
    this.evaluate();
    return this;
  }

  install(): this {
    return this.do({ operation: 'install' }).prepareHosts().outcome({ kind: 'prepared', openshiftClusterId: 'e3f5c1f4-0000-4000-8000-000000000001' });
  }

  progress(index: number, ...stages: Extract<ClusterFact, { kind: 'hostProgress' }>['stage'][]): this {
    for (const stage of stages) this.fact({ kind: 'hostProgress', hostId: hostId(index), stage, info: '' });
    return this;
  }
}

export const toReady = (): Story => new Story().discover().setVips();
export const toInstalling = (): Story => toReady().install();

export function toFinalizing(): Story {
  const story = toInstalling();
  for (const host of [1, 2]) story.progress(host, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done');
  return story.progress(3, 'Starting installation', 'Installing', 'Writing image to disk', 'Waiting for control plane', 'Waiting for bootkube', 'Waiting for controller', 'Rebooting', 'Configuring', 'Joined', 'Done');
}
