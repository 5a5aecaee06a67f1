import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings } from '../../../src/controller/settings';
import type { Cluster } from '../../../src/domain/cluster/model';
import type { ArtefactSite } from '../../../src/installer/artefact-generator';
import { renderControllerManifests } from '../../../src/installer/manifests/controller-manifests';
import { makeHosts, makeSnapshot, settings } from '../../domain/validations/fixtures';

interface KubernetesObject {
  kind: string;
  metadata: { name: string; namespace?: string };
  stringData?: Record<string, string>;
  data?: Record<string, string>;
  spec?: { template: { spec: { containers: { image: string; envFrom: unknown; volumeMounts: { name: string; mountPath: string }[] }[]; volumes: { name: string; configMap?: { name: string } }[] } } };
}

const template = readFileSync('deploy/controller/controller.yaml', 'utf8');
const shipped = parseAllDocuments(template).map((document) => document.toJS() as KubernetesObject);
const token = 'secret-token';

function render(changes: Partial<Cluster> = {}, site: ArtefactSite = {}) {
  const { cluster } = makeSnapshot(makeHosts(1), changes);
  const manifests = renderControllerManifests({ template, cluster, token, settings, site });
  const objects = manifests.map(({ content }) => parse(content) as KubernetesObject);
  const find = (kind: string) => objects.find((object) => object.kind === kind);
  return { cluster, manifests, objects, secret: find('Secret'), job: find('Job'), configMap: find('ConfigMap') };
}

describe('the manifests of the controller', () => {
  it('are the objects that are shipped, one a file, with the image and nothing else changed, and the settings', () => {
    const { objects, manifests } = render();
    const job = shipped.find(({ kind }) => kind === 'Job');
    for (const container of job?.spec?.template.spec.containers ?? []) container.image = settings.agent.controllerImage;
    expect(objects.filter(({ kind }) => kind !== 'Secret')).toEqual(shipped);
    expect(manifests.map(({ path }) => path)).toEqual(objects.map(({ kind }, at) => `openshift/99_assisted-installer-controller_${String(at + 1).padStart(2, '0')}-${kind.toLowerCase()}.yaml`));
  });

  it('tell the controller what it wants to know', () => {
    const { secret, cluster } = render();
    expect(readSettings([], secret?.stringData ?? {})).toEqual({
      clusterId: cluster.id, inventoryUrl: settings.agent.serviceBaseUrl, pullSecretToken: token, openshiftVersion: cluster.openshiftVersion, highlyAvailable: true,
      checkClusterVersion: settings.checkClusterVersion, skipCertVerification: settings.agent.skipCertVerification, mustGatherImage: '',
    });
    expect(render({ highAvailabilityMode: 'None' }).secret?.stringData).toMatchObject({ HIGH_AVAILABILITY_MODE: 'None' });
    expect(render({ httpProxy: 'http://user:pass@proxy', httpsProxy: 'http://proxy', noProxy: 'example.com' }).secret?.stringData).toMatchObject({ HTTP_PROXY: 'http://user:pass@proxy', HTTPS_PROXY: 'http://proxy', NO_PROXY: 'example.com' });
  });

  it('quote every value: to another reader of YAML a token may look like a number, or like a yes', () => {
    expect(render({ noProxy: 'no' }).manifests.find(({ path }) => path.endsWith('-secret.yaml'))?.content).toContain('NO_PROXY: "no"');
  });

  it('hold the token, and proxies that may hold a password, in the secret alone, which the job reads', () => {
    const { objects, secret, job } = render({ httpProxy: 'http://user:pass@proxy' });
    expect(JSON.stringify(objects.filter((object) => object !== secret))).not.toMatch(/secret-token|user:pass/);
    expect(secret?.metadata).toEqual({ name: 'assisted-installer-controller', namespace: 'assisted-installer' });
    expect(job?.spec?.template.spec.containers[0]?.envFrom).toEqual([{ secretRef: { name: 'assisted-installer-controller' } }]);
  });

  it('bring the authorities of the service to where the controller is told that they are', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const { configMap, secret, job } = render({}, { serviceCaCertificate: pem });
    const pod = job?.spec?.template.spec;
    const volume = pod?.volumes.find((candidate) => candidate.configMap?.name === configMap?.metadata.name);
    const mount = pod?.containers[0]?.volumeMounts.find((candidate) => candidate.name === volume?.name);
    expect(configMap?.metadata.namespace).toBe('assisted-installer');
    const [[key, text] = ['', '']] = Object.entries(configMap?.data ?? {});
    expect([secret?.stringData?.['CA_CERT_PATH'], text]).toEqual([`${mount?.mountPath}/${key}`, pem]);
    expect(render().configMap).toBeUndefined();
    expect(render().secret?.stringData).not.toHaveProperty('CA_CERT_PATH');
  });

  it('are not made of a template without the controller', () => {
    const { cluster } = makeSnapshot(makeHosts(1));
    expect(() => renderControllerManifests({ template: 'kind: Namespace\nmetadata:\n  name: x\n', cluster, token, settings, site: {} })).toThrow();
  });
});
