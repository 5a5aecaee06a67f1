import type { Cluster, ClusterSnapshot, MonitoredOperator } from '../../../src/domain/cluster/model';
import type { ConnectivityReport, HostFacts } from '../../../src/domain/host/facts';
import { defaultRequirements } from '../../../src/domain/host/hardware';
import type { Inventory, InventoryDisk } from '../../../src/domain/host/inventory';
import type { Host } from '../../../src/domain/host/model';
import type { DomainSettings } from '../../../src/domain/settings';

export const now = new Date('2024-05-01T12:00:00Z');
export const clusterId = 'bd9d3b83-80a3-4b94-8b61-c12b2f1a2373';

export const settings: DomainSettings = {
  requirements: defaultRequirements,
  disabledHostValidations: [],
  deadlines: {
    agentSilence: 180_000, prepareForInstallation: 600_000, hostInstallationStart: 1_200_000, stage: { default: 3_600_000 }, imageExpiration: 14_400_000,
    inactivity: 1, inactivityWarnings: [], inactivityPostponed: 1, permanentDeletion: 1, logPending: 1, logCollection: 1, hostLogPending: 1, hostLogCollection: 1, reset: 1, dhcpLease: 1,
  },
  autoReset: false,
  checkClusterVersion: false, defaultImageType: 'full-iso', imageBasis: '',
  operatorNamespaces: { cnv: 'openshift-cnv' },
  agent: {
    serviceBaseUrl: 'http://service.example.com:8090', agentImage: 'images.example.com/agent:v1', installerImage: 'images.example.com/installer:v1',
    controllerImage: 'images.example.com/controller:v1', skipCertVerification: false, hasServiceCa: false, serviceIps: [], installationTimeoutMinutes: 0, diskCheckTimeoutSeconds: 480, supportL2: true, imagePullTimeoutSeconds: 1800,
    releaseImages: { default: { mco: 'images.example.com/mco:4.8', mustGather: 'images.example.com/must-gather:4.8' } }, disabledSteps: [],
  },
};

export const gib = 1024 ** 3;

export function makeDisk(name: string, overrides: Partial<InventoryDisk> = {}): InventoryDisk {
  return { id: `/dev/disk/by-id/${name}`, name, path: `/dev/${name}`, drive_type: 'HDD', size_bytes: 500e9, bootable: false, installation_eligibility: { eligible: true, not_eligible_reasons: [] }, ...overrides };
}

export function makeInventory(position: number, overrides: Partial<Inventory> = {}): Inventory {
  return {
    hostname: `node-${position}`,
    timestamp: Math.floor(now.getTime() / 1000),
    system_vendor: { manufacturer: 'ACME', product_name: 'Server', serial_number: `S${position}` },
    memory: { physical_bytes: 64 * gib, usable_bytes: 62 * gib },
    cpu: { count: 16, flags: ['vmx'] },
    interfaces: [{ name: 'eth0', mac_address: `02:00:00:00:00:0${position}`, ipv4_addresses: [`192.168.10.${10 + position}/24`], ipv6_addresses: [] }],
    disks: [makeDisk('sda')],
    ...overrides,
  };
}

export function hostIdOf(position: number): string {
  return `00000000-0000-4000-8000-00000000000${position}`;
}

/** A report in which every one of the other hosts answers. */
export function makeConnectivity(position: number, total: number, l3: { average_rtt_ms?: number; packet_loss_percentage?: number } = {}): ConnectivityReport {
  const others = Array.from({ length: total }, (_, index) => index + 1).filter((other) => other !== position);
  return {
    remote_hosts: others.map((other) => {
      const remote_ip_address = `192.168.10.${10 + other}`;
      return {
        host_id: hostIdOf(other),
        l2_connectivity: [{ outgoing_nic: 'eth0', outgoing_ip_address: `192.168.10.${10 + position}`, remote_ip_address, remote_mac: `02:00:00:00:00:0${other}`, successful: true }],
        l3_connectivity: [{ outgoing_nic: 'eth0', remote_ip_address, successful: true, average_rtt_ms: 0.4, packet_loss_percentage: 0, ...l3 }],
      };
    }),
  };
}

export function makeHost(position: number, overrides: Partial<Omit<Host, 'facts'>> = {}, facts: Partial<HostFacts> = {}): Host {
  return {
    id: hostIdOf(position), infraEnvId: clusterId, clusterId, kind: 'Host', status: 'known', statusInfo: '', statusUpdatedAt: now, role: 'master', bootstrap: false,
    requestedHostname: '', validationsInfo: '', stage: '', stageInfo: '', stageStartedAt: null, stageUpdatedAt: null, installationDiskId: '', installationDiskPath: '',
    machineConfigPoolName: '', installerVersion: '', installerArgs: '', ignitionConfigOverrides: '', discoveryAgentVersion: 'v1', logsInfo: '', logsStartedAt: null,
    logsCollectedAt: null, createdAt: now, checkedInAt: now,
    facts: { inventory: makeInventory(position), connectivity: makeConnectivity(position, 3), ntpSources: [{ source_name: 'time', source_state: 'synced' }], disksInfo: {}, imagesStatus: {}, ...facts },
    ...overrides,
  };
}

/** A host of which nothing is known but that it is there. */
export function makeSilentHost(position: number, overrides: Partial<Omit<Host, 'facts'>> = {}): Host {
  return { ...makeHost(position, { status: 'discovering', ...overrides }), facts: { disksInfo: {}, imagesStatus: {} } };
}

export function makeHosts(count = 3): Host[] {
  return Array.from({ length: count }, (_, index) => makeHost(index + 1));
}

export function makeOperator(name: string): MonitoredOperator {
  return { name, operatorType: 'olm', namespace: '', subscriptionName: '', properties: '', timeoutSeconds: 1, status: null, statusInfo: '', statusUpdatedAt: null };
}

export function makeSnapshot(hosts: Host[] = makeHosts(), cluster: Partial<Cluster> = {}, operators: string[] = []): ClusterSnapshot {
  return {
    cluster: {
      id: clusterId, kind: 'Cluster', name: 'demo', userName: 'user', orgId: '1', emailDomain: 'example.com', openshiftVersion: '4.8.2', ocpReleaseImage: '', highAvailabilityMode: 'Full',
      baseDnsDomain: 'example.com', clusterNetworkCidr: '10.128.0.0/14', clusterNetworkHostPrefix: 23, serviceNetworkCidr: '172.30.0.0/16', machineNetworkCidr: '192.168.10.0/24',
      machineNetworkCidrUpdatedAt: null, apiVip: '192.168.10.100', ingressVip: '192.168.10.101', apiVipLease: '', ingressVipLease: '', apiVipDnsName: '', vipDhcpAllocation: false,
      userManagedNetworking: false, additionalNtpSource: '', hyperthreading: 'all', httpProxy: '', httpsProxy: '', noProxy: '', sshPublicKey: '', pullSecretSet: true, status: 'insufficient',
      statusInfo: '', statusUpdatedAt: now, validationsInfo: '', connectivityMajorityGroups: JSON.stringify({ '192.168.10.0/24': hosts.map((host) => host.id) }), featureUsage: '',
      installConfigOverrides: '', openshiftClusterId: '', amsSubscriptionId: '', preparationResult: null, preparationInfo: '', installStartedAt: null, installCompletedAt: null,
      kubeconfigUploaded: false, logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null, createdAt: now, activeAt: now, warnedAt: null, ...cluster,
    },
    infraEnv: {
      id: clusterId, clusterId, sshAuthorizedKey: '', imageType: 'full-iso', staticNetworkConfig: '', ignitionConfigOverrides: '', imageGenerated: false, imageHash: '', imageSizeBytes: 0,
      imageCreatedAt: null, imageExpiresAt: null,
    },
    hosts,
    operators: operators.map(makeOperator),
  };
}
