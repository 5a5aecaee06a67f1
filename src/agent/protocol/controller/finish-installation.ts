import { RequestFailed } from '../request-failed';
import type { WireCluster } from '../wire-cluster';
import type { ControllerRun } from './controller-run';
import { insist } from './insist';
import { lookUntil } from './look-until';
import { reportClusterVersion, reportConsole, reportOlmOperators } from './report-operators';

async function waitForFinalizing(run: ControllerRun): Promise<WireCluster> {
  const { client, pace } = run.options;
  const cluster = await lookUntil(run, 'cluster finalizing', pace.finalizing, async () => {
    const seen = await run.call(() => client.getCluster(run.signal));
    return seen.status === 'finalizing' || seen.status === 'installed' ? seen : undefined;
  });
  run.tell('the cluster is finalizing');
  return cluster;
}

function isBornWithoutQuorum(version = ''): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 4 && minor < 7;
}

async function uploadIngressCa(run: ControllerRun): Promise<void> {
  const { client, cluster, pace } = run.options;
  await lookUntil(run, 'certificates of the ingress', pace.ingress, async () => {
    const pem = await cluster.findIngressCa(run.signal);
    if (pem === undefined) return undefined;
    await run.call(() => client.uploadIngressCertificates(pem.endsWith('\n') ? pem : `${pem}\n`, run.signal));
    return true;
  });
  run.tell('the certificates of the ingress are uploaded');
}

async function findCustomManifests(run: ControllerRun): Promise<string | undefined> {
  try {
    return await run.options.client.downloadFile('custom_manifests.yaml', run.signal);
  } catch (error) {
    // Without operators of the user there is no such file.
    if (error instanceof RequestFailed && error.status === 404) return undefined;
    throw error;
  }
}

async function applyCustomManifests(run: ControllerRun): Promise<void> {
  const { client, cluster, pace } = run.options;
  await lookUntil(run, 'custom manifests', pace.manifests, async () => {
    const manifests = await run.call(() => findCustomManifests(run));
    if (manifests === undefined) return true;
    const kubeconfig = await run.call(() => client.downloadFile('kubeconfig-noingress', run.signal));
    await cluster.applyManifests(manifests, kubeconfig, run.signal);
    run.tell('the custom manifests are applied');
    return true;
  });
}

async function prepareOperators(run: ControllerRun): Promise<void> {
  const { client, cluster, checkClusterVersion, highlyAvailable, pace } = run.options;
  const { openshift_version: version } = await waitForFinalizing(run);
  const operators = await insist(run, 'operators', () => client.listOperators(undefined, run.signal));
  if (checkClusterVersion && operators.some(({ name }) => name === 'cvo')) await reportClusterVersion(run);
  await uploadIngressCa(run);
  if (highlyAvailable && isBornWithoutQuorum(version)) await lookUntil(run, 'etcd', pace.ingress, () => cluster.restoreEtcdQuorum(run.signal).then(() => true));
  await reportConsole(run);
  if (operators.every((operator) => operator.operator_type !== 'olm')) return;
  await applyCustomManifests(run);
  await reportOlmOperators(run);
}

/** What follows once all nodes are there: operators, the ingress' certificates, and the word that all is done or what went wrong. */
export async function finishInstallation(run: ControllerRun): Promise<void> {
  const { client, pace } = run.options;
  const failure = await prepareOperators(run).then(() => '', (error: unknown) => {
    run.signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  });
  await lookUntil(run, 'completion', pace.completion, () => client.completeInstallation(failure === '', failure, run.signal).then(() => true));
  run.tell(failure === '' ? 'the installation is reported as complete' : `the installation is reported as failed: ${failure}`);
}
