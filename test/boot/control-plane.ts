import { createIngressCa } from '../../src/sim/ingress-ca';
import { FakeKubernetes } from '../support/fake-kubernetes/fake-kubernetes';
import { leadTo } from '../support/fake-kubernetes/lead-to';
import { readBootstrapPki, readMachineConfigPki } from '../support/fake-kubernetes/read-bootstrap-pki';
import { machineNetwork } from './machine-plan';
import { renderMachineConfig, startMachineConfigServer, type MachineConfigServer } from './machine-config-server';

export interface ControlPlane {
  /** Leads the controller to the API from this machine. */
  kubeconfig: string;
  /** Names of the nodes that have joined, each with whether it is ready. */
  nodes: () => { name: string; ready: boolean }[];
  close: () => Promise<void>;
}

export interface ControlPlaneOptions {
  /** Artefacts of the cluster: its bootstrap ignition and the kubeconfig that goes with it. */
  bootstrap: string;
  kubeconfig: string;
  /** The server that the machines of the cluster ask for their configuration; undefined: the one that their ignition names is started. */
  configServer: MachineConfigServer | undefined;
  onConfigRequest: (path: string) => void;
}

/**
 * The control plane of the new cluster, as far as this project's own artefacts lead to none: an API server and a machine config server with
 * the cluster's own certificates. Operators are there from the start; nodes come from nobody but the machines themselves.
 */
export async function startControlPlane({ bootstrap, kubeconfig, configServer: given, onConfigRequest: onRequest }: ControlPlaneOptions): Promise<ControlPlane> {
  const api = new FakeKubernetes(readBootstrapPki(bootstrap));
  const url = await api.open();
  try {
    await putOperators(api);
    const config = renderMachineConfig(leadTo(kubeconfig, url.replace('127.0.0.1', machineNetwork.host)));
    const configServer = given ?? (await startMachineConfigServer({ tls: readMachineConfigPki(bootstrap), onRequest }));
    configServer.serve(config);
    return {
      kubeconfig: leadTo(kubeconfig, url),
      nodes: () => api.list('v1', 'Node').map(({ metadata, ...node }) => ({ name: metadata.name, ready: JSON.stringify(node['status']).includes('"status":"True"') })),
      close: async () => {
        if (!given) await configServer.close();
        await api.close();
      },
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}

async function putOperators(api: FakeKubernetes): Promise<void> {
  const available = { conditions: [{ type: 'Available', status: 'True', message: 'All is well' }] };
  api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'default-ingress-cert', namespace: 'openshift-config-managed' }, data: { 'ca-bundle.crt': await createIngressCa(new Date()) } });
  api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterOperator', metadata: { name: 'console' }, status: available });
  api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterVersion', metadata: { name: 'version' }, status: available });
}
