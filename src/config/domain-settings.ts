import { defaultDeadlines } from '../domain/deadlines/default-deadlines';
import type { DomainSettings } from '../domain/settings';
import { imageBasis } from './image-basis';
import type { Settings } from './schema';

/** The part of the settings that decisions depend on. */
export function toDomainSettings(settings: Settings): DomainSettings {
  return {
    requirements: settings.HW_VALIDATOR_REQUIREMENTS,
    disabledHostValidations: settings.DISABLED_HOST_VALIDATIONS,
    deadlines: {
      ...defaultDeadlines,
      imageExpiration: settings.IMAGE_EXPIRATION_TIME,
      inactivity: settings.DELETED_INACTIVE_AFTER,
      permanentDeletion: settings.DELETED_UNREGISTERED_AFTER,
      prepareForInstallation: settings.PREPARE_FOR_INSTALLATION_TIMEOUT,
      logPending: settings.LOG_PENDING_TIMEOUT,
      logCollection: settings.LOG_COLLECTION_TIMEOUT,
      hostLogPending: settings.HOST_LOG_PENDING_TIMEOUT,
      hostLogCollection: settings.HOST_LOG_COLLECTION_TIMEOUT,
      reset: settings.RESET_CLUSTER_TIMEOUT,
      stage: settings.HOST_STAGE_TIMEOUTS,
    },
    autoReset: settings.ENABLE_AUTO_RESET,
    checkClusterVersion: settings.CHECK_CLUSTER_VERSION,
    operatorNamespaces: { cnv: settings.CNV_MODE ? 'openshift-cnv' : 'kubevirt-hyperconverged' },
    defaultImageType: settings.ISO_IMAGE_TYPE,
    imageBasis: imageBasis(settings),
    agent: {
      serviceBaseUrl: settings.SERVICE_BASE_URL,
      agentImage: settings.AGENT_DOCKER_IMAGE,
      installerImage: settings.INSTALLER_IMAGE,
      controllerImage: settings.CONTROLLER_IMAGE,
      skipCertVerification: settings.SKIP_CERT_VERIFICATION,
      hasServiceCa: settings.SERVICE_CA_CERTIFICATE !== undefined,
      serviceIps: settings.SERVICE_IPS,
      installationTimeoutMinutes: Math.ceil((settings.INSTALLATION_TIMEOUT ?? 0) / 60_000),
      diskCheckTimeoutSeconds: Math.ceil(settings.DISK_CHECK_TIMEOUT / 1_000),
      supportL2: true,
      imagePullTimeoutSeconds: 1_800,
      releaseImages: releaseImages(settings),
      disabledSteps: settings.DISABLED_STEPS,
    },
  };
}

/** Images of a release that hosts pull before the installation; a release payload holds all of them, so they are named after it. */
function releaseImages(settings: Settings): Record<string, { mco: string; mustGather: string }> {
  const byVersion = Object.values(settings.OPENSHIFT_VERSIONS).map((version) => {
    const repository = version.release_image.replace(/\/ocp-release:.*$/, '/ocp-v4.0-art-dev');
    return [version.release_version, { mco: `${repository}:${version.release_version}-machine-config-operator`, mustGather: `${repository}:${version.release_version}-must-gather` }] as const;
  });
  return Object.fromEntries(byVersion);
}
