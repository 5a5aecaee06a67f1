import { pause } from '../../agent/protocol/pause';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { ControllerRun } from './controller-run';
import { reportClusterVersion, reportConsole, reportOlmOperators } from './report-operators';

async function applyCustomManifests(run: ControllerRun): Promise<void> {
  const { client } = run.options;
  try {
    await client.downloadFile('custom_manifests.yaml', run.signal);
  } catch (error) {
    // Without operators of the user there is no such file.
    if (!(error instanceof RequestFailed) || error.status !== 404) throw error;
  }
  await run.call(() => client.downloadFile('kubeconfig-noingress', run.signal));
}

async function waitForFinalizing(run: ControllerRun): Promise<string> {
  const { client, pace } = run.options;
  for (;;) {
    const cluster = await run.call(() => client.getCluster(run.signal));
    if (cluster.status === 'finalizing' || cluster.status === 'installed') return cluster.openshift_version ?? '';
    await pause(pace.watchMs, run.signal);
  }
}

/** What follows once all nodes are there: operators, the ingress' certificates, and the word that all is done. */
export async function finishInstallation(run: ControllerRun): Promise<void> {
  const { client, ingressCa, pace } = run.options;
  const version = await waitForFinalizing(run);
  run.tell('the cluster is finalizing');
  const operators = await run.call(() => client.listOperators(undefined, run.signal));
  if (operators.some((operator) => operator.name === 'cvo')) await reportClusterVersion(run, version);
  await pause(pace.watchMs, run.signal);
  await run.call(() => client.uploadIngressCertificates(ingressCa, run.signal));
  run.tell('the certificates of the ingress are uploaded');
  if (operators.some((operator) => operator.operator_type === 'olm')) await applyCustomManifests(run);
  await reportConsole(run);
  await reportOlmOperators(run, operators);
  await run.call(() => client.completeInstallation(true, '', run.signal));
  run.tell('the installation is reported as complete');
}
