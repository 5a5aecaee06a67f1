import { defaultDeadlines } from '../../src/domain/deadlines/default-deadlines';
import { defaultRequirements } from '../../src/domain/host/hardware';
import type { DomainSettings } from '../../src/domain/settings';

/** Settings of the domain as a service with default configuration has them. */
export const domainSettings = (changes: Partial<DomainSettings> = {}): DomainSettings => ({
  requirements: defaultRequirements,
  disabledHostValidations: [],
  deadlines: defaultDeadlines,
  autoReset: false,
  checkClusterVersion: false,
  operatorNamespaces: { cnv: 'openshift-cnv' },
  defaultImageType: 'full-iso', imageBasis: '',
  agent: {
    serviceBaseUrl: 'http://127.0.0.1:8090',
    agentImage: 'quay.io/ocpmetal/assisted-installer-agent:latest',
    installerImage: 'quay.io/ocpmetal/assisted-installer:latest',
    controllerImage: 'quay.io/ocpmetal/assisted-installer-controller:latest',
    skipCertVerification: false, hasServiceCa: false, serviceIps: [], installationTimeoutMinutes: 0,
    diskCheckTimeoutSeconds: 480,
    supportL2: true,
    imagePullTimeoutSeconds: 1_800,
    releaseImages: {},
    disabledSteps: [],
  },
  ...changes,
});
