import { createHash } from 'node:crypto';
import type { WireCluster, WireHost } from '../../../src/agent/protocol/wire-cluster';
import { expectThat } from '../../../src/cli/install-test/expect-that';
import { StateWatch } from '../../../src/cli/install-test/state-watch';
import { devOpenshiftVersions } from '../../../src/dev/openshift-versions';
import { devSettings } from '../../../src/dev/settings';
import type { Inventory } from '../../../src/domain/host/inventory';
import { betweenLooksMs, type BootRun } from '../boot-run';
import { machineNetwork, machineSize, planMachines } from '../machine-plan';
import { startMachines, type VirtualMachine } from '../virtual-machines';

/** A machine and the host it has become. */
export interface BootedMachine {
  machine: VirtualMachine;
  hostId: string;
}

export interface Discovered {
  watch: StateWatch;
  booted: BootedMachine[];
}

const inventoryOf = (host: WireHost): Inventory => JSON.parse(host.inventory || '{}') as Inventory;

/** Whether the host's chrony has told of a source it follows. */
function isSynchronised({ validations_info: text }: WireHost): boolean {
  const validations = JSON.parse(text || '{}') as Record<string, { id: string; status: string }[]>;
  return Object.values(validations).flat().some(({ id, status }) => id === 'ntp-synced' && status === 'success');
}

/** What an inventory must say of the machine it was made on; the differences in words. */
export function compareInventory(inventory: Inventory, machine: Pick<VirtualMachine, 'mac' | 'serial' | 'diskSerial'>, firmware: 'bios' | 'uefi'): string[] {
  const { disks = [], memory, interfaces = [], system_vendor: vendor, boot } = inventory;
  const target = disks.find(({ serial }) => serial === machine.diskSerial);
  const medium = disks.find((disk) => disk.is_installation_media);
  const memoryMib = Math.round((memory?.physical_bytes ?? 0) / 2 ** 20);
  return [
    ...(vendor?.serial_number === machine.serial ? [] : [`the serial number is ${String(vendor?.serial_number)}`]),
    ...(interfaces.some((nic) => nic.mac_address === machine.mac && nic.ipv4_addresses?.some((address) => address.startsWith('10.0.2.'))) ? [] : [`no interface with ${machine.mac} and an address of the network`]),
    ...(target?.size_bytes === machineSize.diskBytes && target.installation_eligibility?.eligible ? [] : [`the disk ${machine.diskSerial} is ${JSON.stringify(target)}`]),
    ...(medium?.drive_type === 'ODD' ? [] : ['the drive with the discovery image is not told']),
    ...(memoryMib > machineSize.memoryMib * 0.8 && memoryMib <= machineSize.memoryMib ? [] : [`it has ${memoryMib} MiB of memory`]),
    ...(boot?.current_boot_mode === firmware ? [] : [`it was booted by ${String(boot?.current_boot_mode)}`]),
  ];
}

/** What the public bucket holds is what the machines got. */
async function compareRootfs({ stack, signal }: BootRun, machines: readonly VirtualMachine[]): Promise<void> {
  const { rhcos } = devOpenshiftVersions.find(({ isDefault }) => isDefault) ?? {};
  const answer = await fetch(`${stack.s3_url}/${devSettings.s3.publicBucket}/rhcos-${rhcos}-rootfs.img`, { signal });
  expectThat(answer.ok, `the root file system: ${answer.status}`);
  const expected = createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex');
  for (const { name, readSerial } of machines) {
    const { rootfsSha256 } = readSerial();
    expectThat(rootfsSha256 === expected, `${name} fetched ${rootfsSha256 ?? 'nothing'}, not ${expected}`);
  }
}

/** Switches the machines on and leads them to where they can be installed: each a known host with the name its user gave it. */
export async function discoverPhase(run: BootRun, { id }: WireCluster, iso: string): Promise<Discovered> {
  const { api, checks, emulator, options, say, workDir, artefacts, abort, signal } = run;
  checks.startGroup('discover');
  const { machines, failed, stop } = await startMachines({ emulator, plans: planMachines(options.machines), iso, workDir, artefacts });
  run.cleanUps.push(stop);
  void failed.then((reason) => abort(new Error(reason)));
  const watch = new StateWatch(api, id, signal, (status) => say(`the cluster is ${status}`), betweenLooksMs);
  const cluster = await checks.check(`${machines.length} booted from the discovery image: registered, with inventory`, () =>
    watch.waitFor(({ hosts }) => (hosts ?? []).filter(({ inventory }) => inventory).length === machines.length));
  if (options.imageType === 'minimal-iso') await checks.check('every machine has fetched the root file system of its image', () => compareRootfs(run, machines));
  const booted = await checks.check('the inventories are those of the machines', async () => machines.map((machine): BootedMachine => {
    const host = (cluster.hosts ?? []).find((candidate) => inventoryOf(candidate).system_vendor?.serial_number === machine.serial);
    expectThat(host !== undefined, `no host has the serial number ${machine.serial}`);
    const differences = compareInventory(inventoryOf(host), machine, options.firmware);
    expectThat(differences.length === 0, `${machine.name}: ${differences.join('; ')}`);
    return { machine, hostId: host.id };
  }));
  await checks.check('name the hosts and set the network', async () => {
    await api.update(id, { hosts_names: booted.map(({ machine, hostId }) => ({ id: hostId, hostname: machine.name })) });
    const network = options.machines === 1 ? { machine_network_cidr: machineNetwork.cidr } : { api_vip: machineNetwork.apiVip, ingress_vip: machineNetwork.ingressVip };
    await api.update(id, network);
  });
  await checks.check('every host is known, and its clock follows the source it was given', () =>
    watch.waitFor(({ hosts }) => (hosts ?? []).every((host) => host.status === 'known' && isSynchronised(host))));
  await checks.check('the cluster is ready', () => watch.waitFor(({ status }) => status === 'ready'));
  return { watch, booted };
}
