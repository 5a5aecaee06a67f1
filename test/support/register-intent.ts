import type { RegisterIntent } from '../../src/domain/cluster/intents';

/** A registration as the API stores it, with every default filled in. */
export const registerIntent = (changes: Partial<RegisterIntent> = {}): RegisterIntent => ({
  operation: 'register',
  name: 'pilot',
  userName: 'user',
  orgId: '1000001',
  emailDomain: 'example.com',
  openshiftVersion: '4.8.14',
  ocpReleaseImage: 'quay.io/openshift-release-dev/ocp-release:4.8.14-x86_64',
  highAvailabilityMode: null,
  baseDnsDomain: 'example.com',
  clusterNetworkCidr: '10.128.0.0/14',
  clusterNetworkHostPrefix: 23,
  serviceNetworkCidr: '172.30.0.0/16',
  ingressVip: '',
  sshPublicKey: '',
  vipDhcpAllocation: false,
  userManagedNetworking: false,
  additionalNtpSource: '',
  hyperthreading: 'all',
  httpProxy: '',
  httpsProxy: '',
  noProxy: '',
  olmOperators: [],
  ...changes,
});
