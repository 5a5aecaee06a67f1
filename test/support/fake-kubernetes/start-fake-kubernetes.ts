import { renderKubeconfig } from '../../../src/installer/kubeconfig';
import { createPki } from '../../../src/installer/pki/create-pki';
import { FakeKubernetes } from './fake-kubernetes';
import { leadTo } from './lead-to';

/** An API server with certificates of its own; `kubeconfig` leads to it, `givenKubeconfig` is what the cluster's user would have. */
export async function startFakeKubernetes() {
  const name = { name: 'new', domain: 'example.com' };
  const pki = await createPki({ ...name, now: new Date() });
  const api = new FakeKubernetes({ certificate: pki.apiServer.certificate, key: pki.apiServer.privateKey, clientAuthority: pki.adminAuthority.certificate });
  const url = await api.open();
  const givenKubeconfig = renderKubeconfig({ ...name, pki });
  return { api, url, pki, givenKubeconfig, kubeconfig: leadTo(givenKubeconfig, url) };
}
