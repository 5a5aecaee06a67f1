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
import { getCredentialsOperation } from './routes/v1/clusters/GetCredentials';
import { installClusterOperation } from './routes/v1/clusters/InstallCluster';
import { listClustersOperation } from './routes/v1/clusters/ListClusters';
import { registerClusterOperation } from './routes/v1/clusters/RegisterCluster';
import { resetClusterOperation } from './routes/v1/clusters/ResetCluster';
import { updateClusterOperation } from './routes/v1/clusters/UpdateCluster';
import { uploadClusterIngressCertOperation } from './routes/v1/clusters/UploadClusterIngressCert';
import { listEventsOperation } from './routes/v1/events/ListEvents';
import { downloadHostIgnitionOperation } from './routes/v1/hosts/DownloadHostIgnition';
import { getHostOperation } from './routes/v1/hosts/GetHost';
import { getNextStepsOperation } from './routes/v1/hosts/GetNextSteps';
import { listHostsOperation } from './routes/v1/hosts/ListHosts';
import { postStepReplyOperation } from './routes/v1/hosts/PostStepReply';
import { registerHostOperation } from './routes/v1/hosts/RegisterHost';
import { updateHostInstallProgressOperation } from './routes/v1/hosts/UpdateHostInstallProgress';
import { listOfClusterOperatorsOperation } from './routes/v1/operators/ListOfClusterOperators';
import { reportMonitoredOperatorStatusOperation } from './routes/v1/operators/ReportMonitoredOperatorStatus';
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
  getClusterOperation,
  getCredentialsOperation,
  installClusterOperation,
  listClustersOperation,
  registerClusterOperation,
  resetClusterOperation,
  updateClusterOperation,
  uploadClusterIngressCertOperation,
  listEventsOperation,
  downloadHostIgnitionOperation,
  getHostOperation,
  listHostsOperation,
  registerHostOperation,
  updateHostInstallProgressOperation,
  listOfClusterOperatorsOperation,
  reportMonitoredOperatorStatusOperation,
  listComponentVersionsOperation,
  listSupportedOpenshiftVersionsOperation,
];
