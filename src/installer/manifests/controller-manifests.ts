import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import type { Cluster } from '../../domain/cluster/model';
import { serviceCaPath } from '../../domain/ignition/service-files';
import type { DomainSettings } from '../../domain/settings';
import type { ArtefactSite, Manifest } from '../artefact-generator';

/** What a new cluster needs to run the controller by itself. */
export interface ControllerOrder {
  /** YAML of the controller's objects, with a job whose containers run its image. */
  template: string;
  cluster: Cluster;
  /** What it shows the service; a secret. */
  token: string;
  settings: DomainSettings;
  site: ArtefactSite;
}

const kubernetesObject = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }) });
const container = z.looseObject({ name: z.string(), image: z.string() });
const jobSchema = kubernetesObject.extend({ kind: z.literal('Job'), spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(container) }) }) }) });

/** Readers of other versions of YAML take some words and numbers for what they are not. */
const quoted = { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;

/** In the order in which they are read; behind those of the release. */
const pathOf = (at: number, kind: string): string => `openshift/99_assisted-installer-controller_${String(at + 1).padStart(2, '0')}-${kind.toLowerCase()}.yaml`;
const name = 'assisted-installer-controller';
const caName = `${name}-ca`;
const caKey = 'service-ca-cert.crt';

/**
 * The objects of the controller as manifests of an installation, with the settings of this cluster in a secret: the new cluster runs it as soon
 * as it has a master. They hold the token, so they are for the ignition of the bootstrap host alone, and no list shows them.
 */
export function renderControllerManifests({ template, cluster, token, settings, site }: ControllerOrder): Manifest[] {
  const given = parseAllDocuments(template).map((document) => kubernetesObject.parse(document.toJS()));
  const job = jobSchema.parse(given.find(({ kind }) => kind === 'Job'));
  for (const own of job.spec.template.spec.containers) own.image = settings.agent.controllerImage;
  const metadata = (own: string) => ({ name: own, namespace: job.metadata.namespace });
  const added = [
    { apiVersion: 'v1', kind: 'Secret', metadata: metadata(name), type: 'Opaque', stringData: settingsOf(cluster, token, settings, site) },
    ...(site.serviceCaCertificate ? [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(caName), data: { [caKey]: site.serviceCaCertificate } }] : []),
  ];
  return [...given.map((object) => (object.kind === 'Job' ? job : object)), ...added].map((object, at) => ({ path: pathOf(at, object.kind), content: stringify(object, quoted) }));
}

/** By the names of its environment. */
function settingsOf(cluster: Cluster, token: string, { agent, checkClusterVersion }: DomainSettings, site: ArtefactSite): Record<string, string> {
  const { httpProxy, httpsProxy, noProxy } = cluster;
  return {
    CLUSTER_ID: cluster.id,
    INVENTORY_URL: agent.serviceBaseUrl,
    PULL_SECRET_TOKEN: token,
    OPENSHIFT_VERSION: cluster.openshiftVersion,
    HIGH_AVAILABILITY_MODE: cluster.highAvailabilityMode ?? 'Full',
    CHECK_CLUSTER_VERSION: String(checkClusterVersion),
    SKIP_CERT_VERIFICATION: String(agent.skipCertVerification),
    ...(site.serviceCaCertificate ? { CA_CERT_PATH: serviceCaPath } : {}),
    ...(httpProxy ? { HTTP_PROXY: httpProxy } : {}),
    ...(httpsProxy ? { HTTPS_PROXY: httpsProxy } : {}),
    ...(noProxy ? { NO_PROXY: noProxy } : {}),
  };
}
