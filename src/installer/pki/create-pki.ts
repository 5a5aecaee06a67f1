import { KeyObject, webcrypto } from 'node:crypto';
import { issueCertificate, type CertificateOrder, type Subject } from './certificate';

export interface KeyedCertificate {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  privateKey: string;
}

/** The authorities of a new cluster and what they have signed. */
export interface ClusterPki {
  /** Signs the servers that hand out machine configurations. */
  root: KeyedCertificate;
  /** Signs the API servers. */
  apiAuthority: KeyedCertificate;
  apiServer: KeyedCertificate;
  machineConfigServer: KeyedCertificate;
  /** Signs the administrator. */
  adminAuthority: KeyedCertificate;
  admin: KeyedCertificate;
}

interface Entity {
  subject: Subject;
  publicKey: webcrypto.CryptoKey;
  privateKey: webcrypto.CryptoKey;
}

const validYears = 10;
/** Clocks of servers that boot for the first time are often behind. */
const clockSkewMs = 24 * 60 * 60 * 1000;

/** Fresh keys and certificates for `<name>.<domain>`, valid for ten years from `now`. */
export async function createPki({ name, domain, now }: { name: string; domain: string; now: Date }): Promise<ClusterPki> {
  const zone = `${name}.${domain}`;
  const notBefore = new Date(now.getTime() - clockSkewMs);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + validYears);
  const issue = async (entity: Entity, issuer: Entity, usage: CertificateOrder['usage'], dnsNames: string[] = []): Promise<KeyedCertificate> => ({
    certificate: await issueCertificate({ subject: entity.subject, publicKey: entity.publicKey, issuer, usage, dnsNames, notBefore, notAfter }),
    privateKey: KeyObject.from(entity.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  const [root, apiAuthority, apiServer, configServer, adminAuthority, admin] = await Promise.all([
    createEntity({ organizationalUnit: 'openshift', commonName: 'root-ca' }),
    createEntity({ organizationalUnit: 'openshift', commonName: 'kube-apiserver-lb-signer' }),
    createEntity({ organization: 'kube-master', commonName: 'system:kube-apiserver' }),
    createEntity({ commonName: 'system:machine-config-server' }),
    createEntity({ organizationalUnit: 'openshift', commonName: 'admin-kubeconfig-signer' }),
    createEntity({ organization: 'system:masters', commonName: 'system:admin' }),
  ]);
  return {
    root: await issue(root, root, 'authority'),
    apiAuthority: await issue(apiAuthority, apiAuthority, 'authority'),
    apiServer: await issue(apiServer, apiAuthority, 'server', [`api.${zone}`, `api-int.${zone}`]),
    machineConfigServer: await issue(configServer, root, 'server', [`api-int.${zone}`]),
    adminAuthority: await issue(adminAuthority, adminAuthority, 'authority'),
    admin: await issue(admin, adminAuthority, 'client'),
  };
}

async function createEntity(subject: Subject): Promise<Entity> {
  return { subject, ...(await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) };
}
