import type { DefinitionName } from './contract-schema';

/** One operation as far as its bodies go. A status without definition has no body that could be checked. */
export interface ContractRoute {
  operationId: string;
  method: string;
  path: RegExp;
  request?: DefinitionName;
  answers: Record<number, DefinitionName | 'empty' | 'bytes'>;
}

const route = (
  operationId: string,
  method: string,
  path: string,
  answers: ContractRoute['answers'],
  request?: DefinitionName,
): ContractRoute => ({
  operationId,
  method,
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[0-9a-f-]{36}')}$`),
  // 422 comes from the check of requests against the schema and has a form of its own.
  answers: { 401: 'infra_error', 422: 'bytes', 403: 'infra_error', 500: 'error', 503: 'error', ...answers },
  ...(request ? { request } : {}),
});

const missing = { 404: 'error' } as const;
const refused = { 404: 'error', 409: 'error' } as const;
/** A service that does not collect logs answers 404 in the form of an unknown route. */
const notOffered = { 404: 'bytes', 409: 'error' } as const;

/** The operations that simulated servers and the install test use. */
export const contractRoutes: readonly ContractRoute[] = [
  route('RegisterCluster', 'POST', '/clusters', { 201: 'cluster', 400: 'error' }, 'cluster-create-params'),
  route('ListClusters', 'GET', '/clusters', { 200: 'cluster-list' }),
  route('GetCluster', 'GET', '/clusters/{c}', { 200: 'cluster', ...missing }),
  route('UpdateCluster', 'PATCH', '/clusters/{c}', { 201: 'cluster', 400: 'error', ...refused }, 'cluster-update-params'),
  route('DeregisterCluster', 'DELETE', '/clusters/{c}', { 204: 'empty', ...refused }),
  route('GenerateClusterISO', 'POST', '/clusters/{c}/downloads/image', { 201: 'cluster', 400: 'error', ...refused }, 'image-create-params'),
  route('DownloadClusterISO', 'GET', '/clusters/{c}/downloads/image', { 200: 'bytes', 400: 'error', ...refused }),
  route('DownloadClusterISOHeaders', 'HEAD', '/clusters/{c}/downloads/image', { 200: 'empty', 404: 'empty' }),
  route('DownloadClusterFiles', 'GET', '/clusters/{c}/downloads/files', { 200: 'bytes', ...refused }),
  route('GetCredentials', 'GET', '/clusters/{c}/credentials', { 200: 'credentials', ...refused }),
  route('DownloadClusterKubeconfig', 'GET', '/clusters/{c}/downloads/kubeconfig', { 200: 'bytes', ...refused }),
  route('UploadClusterIngressCert', 'POST', '/clusters/{c}/uploads/ingress-cert', { 201: 'empty', 400: 'error', ...missing }, 'ingress-cert-params'),
  route('InstallCluster', 'POST', '/clusters/{c}/actions/install', { 202: 'cluster', 400: 'error', ...refused }),
  route('CancelInstallation', 'POST', '/clusters/{c}/actions/cancel', { 202: 'cluster', ...refused }),
  route('CompleteInstallation', 'POST', '/clusters/{c}/actions/complete_installation', { 202: 'cluster', ...refused }, 'completion-params'),
  route('RegisterHost', 'POST', '/clusters/{c}/hosts', { 201: 'host_registration_response', 400: 'error', ...refused }, 'host-create-params'),
  route('ListHosts', 'GET', '/clusters/{c}/hosts', { 200: 'host-list' }),
  route('UpdateHostInstallProgress', 'PUT', '/clusters/{c}/hosts/{h}/progress', { 200: 'empty', ...missing }, 'host-progress'),
  route('GetNextSteps', 'GET', '/clusters/{c}/hosts/{h}/instructions', { 200: 'steps', ...missing }),
  route('PostStepReply', 'POST', '/clusters/{c}/hosts/{h}/instructions', { 204: 'empty', 400: 'error', ...missing }, 'step-reply'),
  route('UpdateHostLogsProgress', 'PUT', '/clusters/{c}/hosts/{h}/logs_progress', { 204: 'empty', ...notOffered }, 'logs-progress-params'),
  route('DownloadHostIgnition', 'GET', '/clusters/{c}/hosts/{h}/downloads/ignition', { 200: 'bytes', ...refused }),
  route('UpdateClusterLogsProgress', 'PUT', '/clusters/{c}/logs_progress', { 204: 'empty', ...notOffered }, 'logs-progress-params'),
  route('UploadLogs', 'POST', '/clusters/{c}/logs', { 204: 'empty', ...notOffered }),
  route('ListEvents', 'GET', '/clusters/{c}/events', { 200: 'event-list', ...missing }),
  route('ListOfClusterOperators', 'GET', '/clusters/{c}/monitored_operators', { 200: 'monitored-operators-list', ...missing }),
  route('ReportMonitoredOperatorStatus', 'PUT', '/clusters/{c}/monitored_operators', { 200: 'empty', 400: 'error', ...refused }, 'operator-monitor-report'),
];
