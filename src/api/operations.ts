import type { Operation } from './operation';
import { cancelInstallationOperation } from './routes/v1/clusters/CancelInstallation';
import { completeInstallationOperation } from './routes/v1/clusters/CompleteInstallation';
import { deregisterClusterOperation } from './routes/v1/clusters/DeregisterCluster';
import { downloadClusterFilesOperation } from './routes/v1/clusters/DownloadClusterFiles';
import { downloadClusterIsoOperation } from './routes/v1/clusters/DownloadClusterISO';
import { downloadClusterIsoHeadersOperation } from './routes/v1/clusters/DownloadClusterISOHeaders';
import { downloadClusterKubeconfigOperation } from './routes/v1/clusters/DownloadClusterKubeconfig';
import { generateClusterIsoOperation } from './routes/v1/clusters/GenerateClusterISO';
import { getClusterOperation } from './routes/v1/clusters/GetCluster';
import { getClusterDefaultConfigOperation } from './routes/v1/clusters/GetClusterDefaultConfig';
import { getClusterHostRequirementsOperation } from './routes/v1/clusters/GetClusterHostRequirements';
import { getCredentialsOperation } from './routes/v1/clusters/GetCredentials';
import { getPreflightRequirementsOperation } from './routes/v1/clusters/GetPreflightRequirements';
import { getClusterInstallConfigOperation } from './routes/v1/clusters/GetClusterInstallConfig';
import { getDiscoveryIgnitionOperation } from './routes/v1/clusters/GetDiscoveryIgnition';
import { getPresignedForClusterFilesOperation } from './routes/v1/clusters/GetPresignedForClusterFiles';
import { getFreeAddressesOperation } from './routes/v1/clusters/GetFreeAddresses';
import { installHostsOperation } from './routes/v1/clusters/InstallHosts';
import { registerAddHostsClusterOperation } from './routes/v1/clusters/RegisterAddHostsCluster';
import { installClusterOperation } from './routes/v1/clusters/InstallCluster';
import { listClustersOperation } from './routes/v1/clusters/ListClusters';
import { registerClusterOperation } from './routes/v1/clusters/RegisterCluster';
import { resetClusterOperation } from './routes/v1/clusters/ResetCluster';
import { updateClusterInstallConfigOperation } from './routes/v1/clusters/UpdateClusterInstallConfig';
import { updateDiscoveryIgnitionOperation } from './routes/v1/clusters/UpdateDiscoveryIgnition';
import { updateClusterOperation } from './routes/v1/clusters/UpdateCluster';
import { uploadClusterIngressCertOperation } from './routes/v1/clusters/UploadClusterIngressCert';
import { listManagedDomainsOperation } from './routes/v1/domains/ListManagedDomains';
import { listEventsOperation } from './routes/v1/events/ListEvents';
import { downloadHostIgnitionOperation } from './routes/v1/hosts/DownloadHostIgnition';
import { deregisterHostOperation } from './routes/v1/hosts/DeregisterHost';
import { disableHostOperation } from './routes/v1/hosts/DisableHost';
import { enableHostOperation } from './routes/v1/hosts/EnableHost';
import { installHostOperation } from './routes/v1/hosts/InstallHost';
import { resetHostOperation } from './routes/v1/hosts/ResetHost';
import { resetHostValidationOperation } from './routes/v1/hosts/ResetHostValidation';
import { updateHostInstallerArgsOperation } from './routes/v1/hosts/UpdateHostInstallerArgs';
import { getHostIgnitionOperation } from './routes/v1/hosts/GetHostIgnition';
import { updateHostIgnitionOperation } from './routes/v1/hosts/UpdateHostIgnition';
import { getHostOperation } from './routes/v1/hosts/GetHost';
import { getHostRequirementsOperation } from './routes/v1/hosts/GetHostRequirements';
import { getNextStepsOperation } from './routes/v1/hosts/GetNextSteps';
import { listHostsOperation } from './routes/v1/hosts/ListHosts';
import { postStepReplyOperation } from './routes/v1/hosts/PostStepReply';
import { registerHostOperation } from './routes/v1/hosts/RegisterHost';
import { updateHostInstallProgressOperation } from './routes/v1/hosts/UpdateHostInstallProgress';
import { listSupportedOperatorsOperation } from './routes/v1/operators/ListSupportedOperators';
import { listOperatorPropertiesOperation } from './routes/v1/operators/ListOperatorProperties';
import { downloadClusterLogsOperation } from './routes/v1/logs/DownloadClusterLogs';
import { downloadHostLogsOperation } from './routes/v1/logs/DownloadHostLogs';
import { updateClusterLogsProgressOperation } from './routes/v1/logs/UpdateClusterLogsProgress';
import { updateHostLogsProgressOperation } from './routes/v1/logs/UpdateHostLogsProgress';
import { uploadHostLogsOperation } from './routes/v1/logs/UploadHostLogs';
import { uploadLogsOperation } from './routes/v1/logs/UploadLogs';
import { createClusterManifestOperation } from './routes/v1/manifests/CreateClusterManifest';
import { deleteClusterManifestOperation } from './routes/v1/manifests/DeleteClusterManifest';
import { downloadClusterManifestOperation } from './routes/v1/manifests/DownloadClusterManifest';
import { listClusterManifestsOperation } from './routes/v1/manifests/ListClusterManifests';
import { listOfClusterOperatorsOperation } from './routes/v1/operators/ListOfClusterOperators';
import { reportMonitoredOperatorStatusOperation } from './routes/v1/operators/ReportMonitoredOperatorStatus';
import { createServiceImageOperation } from './routes/v1/service-image/CreateISOAndUploadToS3';
import { downloadServiceImageOperation } from './routes/v1/service-image/DownloadISO';
import { getPresignedServiceImageOperation } from './routes/v1/service-image/GetPresignedForAssistedServiceISO';
import { listComponentVersionsOperation } from './routes/v1/versions/ListComponentVersions';
import { listSupportedOpenshiftVersionsOperation } from './routes/v1/versions/ListSupportedOpenshiftVersions';

/** All operations that are served; what agents ask every minute comes first. */
export const operations: readonly Operation[] = [
  getNextStepsOperation,
  postStepReplyOperation,
  cancelInstallationOperation,
  completeInstallationOperation,
  deregisterClusterOperation,
  downloadClusterFilesOperation,
  downloadClusterIsoOperation,
  downloadClusterIsoHeadersOperation,
  downloadClusterKubeconfigOperation,
  generateClusterIsoOperation,
  getClusterDefaultConfigOperation,
  getClusterOperation,
  getClusterHostRequirementsOperation,
  getPreflightRequirementsOperation,
  getCredentialsOperation,
  getPresignedForClusterFilesOperation,
  getClusterInstallConfigOperation,
  updateClusterInstallConfigOperation,
  getDiscoveryIgnitionOperation,
  updateDiscoveryIgnitionOperation,
  getHostIgnitionOperation,
  updateHostIgnitionOperation,
  installClusterOperation,
  getFreeAddressesOperation,
  installHostsOperation,
  registerAddHostsClusterOperation,
  listClustersOperation,
  registerClusterOperation,
  resetClusterOperation,
  updateClusterOperation,
  uploadClusterIngressCertOperation,
  listEventsOperation,
  downloadHostIgnitionOperation,
  getHostOperation,
  deregisterHostOperation,
  disableHostOperation,
  enableHostOperation,
  installHostOperation,
  resetHostOperation,
  resetHostValidationOperation,
  updateHostInstallerArgsOperation,
  getHostRequirementsOperation,
  listHostsOperation,
  registerHostOperation,
  updateHostInstallProgressOperation,
  listManagedDomainsOperation,
  listOfClusterOperatorsOperation,
  listOperatorPropertiesOperation,
  listSupportedOperatorsOperation,
  reportMonitoredOperatorStatusOperation,
  downloadClusterLogsOperation,
  downloadHostLogsOperation,
  updateClusterLogsProgressOperation,
  updateHostLogsProgressOperation,
  uploadHostLogsOperation,
  uploadLogsOperation,
  createClusterManifestOperation,
  deleteClusterManifestOperation,
  downloadClusterManifestOperation,
  listClusterManifestsOperation,
  createServiceImageOperation,
  downloadServiceImageOperation,
  getPresignedServiceImageOperation,
  listComponentVersionsOperation,
  listSupportedOpenshiftVersionsOperation,
];
