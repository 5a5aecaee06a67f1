import type { RegisterIntent } from '../cluster/intents';
import { defaultNetwork } from '../cluster/default-network';
import type { HyperthreadingMode } from '../cluster/model';
import { olmOperatorNames } from '../cluster/operators';
import { parseAddress } from '../network/address';
import type { Refusal } from '../refusal';
import { checkBaseDnsDomain } from './base-dns-domain';
import { checkClusterName } from './cluster-name';
import { compareVersions } from './compare-versions';
import { chooseNetwork } from './network-choice';
import { checkNtpSource } from './ntp-source';
import { majorMinor } from './openshift-version';
import { checkProxy } from './proxy';
import { checkSshPublicKey } from './ssh-public-key';

/** Schema-valid body of a registration, without the pull secret; null counts as absent. */
export interface RegistrationBody {
  name: string;
  openshiftVersion: string;
  ocpReleaseImage?: string | undefined;
  highAvailabilityMode?: 'Full' | 'None' | null | undefined;
  baseDnsDomain?: string | undefined;
  clusterNetworkCidr?: string | undefined;
  clusterNetworkHostPrefix?: number | undefined;
  serviceNetworkCidr?: string | undefined;
  ingressVip?: string | undefined;
  sshPublicKey?: string | undefined;
  vipDhcpAllocation?: boolean | null | undefined;
  httpProxy?: string | null | undefined;
  httpsProxy?: string | null | undefined;
  noProxy?: string | null | undefined;
  userManagedNetworking?: boolean | null | undefined;
  additionalNtpSource?: string | null | undefined;
  olmOperators?: { name?: string | undefined; properties?: string | undefined }[] | undefined;
  hyperthreading?: HyperthreadingMode | undefined;
}

/** What the registration does not say: the release found for its version and configured defaults. */
export interface RegistrationDefaults {
  releaseVersion: string;
  releaseImage: string;
  /** NTP source of clusters that name none; empty when there is none. */
  ntpSource: string;
}

export type RegistrationFields = Omit<RegisterIntent, 'operation' | 'userName' | 'orgId' | 'emailDomain'>;

const firstSingleNodeVersion = '4.8';

/** Checks a registration by the input rules and fills in the defaults; Invalid with the first rule that is broken. */
export function checkRegistration(body: RegistrationBody, defaults: RegistrationDefaults): RegistrationFields | Refusal {
  const fields = withDefaults(body, defaults);
  const requestedRelease = majorMinor(body.openshiftVersion) ?? body.openshiftVersion;
  const singleNode = fields.highAvailabilityMode === 'None';
  const problem =
    checkClusterName(fields.name) ??
    (fields.sshPublicKey === '' ? undefined : checkSshPublicKey(fields.sshPublicKey)) ??
    checkProxy(fields, fields.openshiftVersion) ??
    (singleNode && compareVersions(requestedRelease, firstSingleNodeVersion) < 0
      ? `Single-node clusters need OpenShift ${firstSingleNodeVersion} or later, ${body.openshiftVersion} was requested`
      : undefined) ??
    (fields.baseDnsDomain === '' ? undefined : checkBaseDnsDomain(fields.baseDnsDomain, fields.name)) ??
    checkNtpSource(fields.additionalNtpSource) ??
    checkOperators(fields.olmOperators) ??
    (fields.ingressVip !== '' && parseAddress(fields.ingressVip) === undefined ? `ingress_vip "${fields.ingressVip}" is not an IP address` : undefined);
  if (problem !== undefined) return { type: 'Invalid', reason: problem };
  const network = chooseNetwork({
    singleNode,
    vipDhcpAllocation: body.vipDhcpAllocation ?? undefined,
    userManagedNetworking: body.userManagedNetworking ?? undefined,
    ingressVip: fields.ingressVip,
  });
  return typeof network === 'string' ? { type: 'Invalid', reason: network } : { ...fields, ...network };
}

function withDefaults(body: RegistrationBody, defaults: RegistrationDefaults): Omit<RegistrationFields, 'vipDhcpAllocation' | 'userManagedNetworking'> {
  const httpProxy = body.httpProxy ?? '';
  return {
    name: body.name,
    openshiftVersion: defaults.releaseVersion,
    ocpReleaseImage: body.ocpReleaseImage || defaults.releaseImage,
    highAvailabilityMode: body.highAvailabilityMode ?? null,
    baseDnsDomain: body.baseDnsDomain ?? '',
    clusterNetworkCidr: body.clusterNetworkCidr ?? defaultNetwork.clusterNetworkCidr,
    clusterNetworkHostPrefix: body.clusterNetworkHostPrefix ?? defaultNetwork.clusterNetworkHostPrefix,
    serviceNetworkCidr: body.serviceNetworkCidr ?? defaultNetwork.serviceNetworkCidr,
    ingressVip: body.ingressVip ?? '',
    sshPublicKey: (body.sshPublicKey ?? '').trim(),
    additionalNtpSource: body.additionalNtpSource ?? defaults.ntpSource,
    hyperthreading: body.hyperthreading ?? 'all',
    httpProxy,
    httpsProxy: body.httpsProxy || httpProxy,
    noProxy: body.noProxy ?? '',
    olmOperators: (body.olmOperators ?? []).map(({ name = '', properties = '' }) => ({ name, properties })),
  };
}

function checkOperators(operators: readonly { name: string }[]): string | undefined {
  const unknown = operators.find(({ name }) => !olmOperatorNames.includes(name));
  return unknown && `Operator "${unknown.name}" is not supported; supported are ${olmOperatorNames.join(', ')}`;
}
