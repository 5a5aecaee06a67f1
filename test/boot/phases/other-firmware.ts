import { join } from 'node:path';
import { expectThat } from '../../../src/cli/install-test/expect-that';
import { StateWatch } from '../../../src/cli/install-test/state-watch';
import type { Inventory } from '../../../src/domain/host/inventory';
import { betweenLooksMs, type BootRun } from '../boot-run';
import { findEmulator } from '../emulator';
import { planMachines } from '../machine-plan';
import { startMachines } from '../virtual-machines';
import { compareInventory } from './discover';
import { baseDomain, fetchImage } from './image';

/** Boots one more machine by UEFI, from the discovery image of a cluster of its own, until its agent has sent its inventory; then it is switched off. */
export async function bootByUefi(run: BootRun, timePort: number): Promise<void> {
  const { api, artefacts, signal, stack, workDir } = run;
  const { id } = await api.register({ name: 'boot-uefi', openshift_version: '4.8', base_dns_domain: baseDomain, pull_secret: stack.pull_secret, high_availability_mode: 'None' });
  const iso = join(workDir, 'discovery-uefi.iso');
  await fetchImage(run, id, timePort, iso);
  const plans = planMachines(1).map((plan) => ({ ...plan, name: 'uefi-0' }));
  const { machines, failed, stop } = await startMachines({ emulator: findEmulator('uefi'), plans, iso, workDir, artefacts });
  run.cleanUps.push(stop);
  const watch = new StateWatch(api, id, signal, () => undefined, betweenLooksMs);
  const cluster = await Promise.race([
    watch.waitFor(({ hosts }) => (hosts ?? []).some(({ inventory }) => inventory)),
    failed.then((reason) => Promise.reject(new Error(reason))),
  ]);
  const inventory = JSON.parse(cluster.hosts?.[0]?.inventory || '{}') as Inventory;
  for (const machine of machines) {
    const differences = compareInventory(inventory, machine, 'uefi');
    expectThat(differences.length === 0, `${machine.name}: ${differences.join('; ')}`);
  }
  await stop();
}
