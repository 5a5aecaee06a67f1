import type { ServiceDeps } from '../deps';
import { downloadLogs } from '../logs/download-logs';
import { logsCapability, type LogsSelection } from '../logs/logs-selection';
import { downloadManifest } from '../manifests/download-manifest';
import { manifestCapability, type ManifestName } from '../manifests/manifest-address';
import { downloadFile, type FileDownload } from './download-file';
import type { ClusterFile } from './download-rules';
import type { LinkedFile } from './file-links';

export type PresignedFile =
  | { kind: 'file'; name: ClusterFile }
  | { kind: 'logs'; selection: LogsSelection }
  | { kind: 'manifest'; name: ManifestName };

/** An address that lets its bearer download one file for ten minutes. Throws what the download itself would throw now. */
export async function presignFile(deps: ServiceDeps, request: Omit<FileDownload, 'headOnly'>, file: PresignedFile): Promise<string> {
  await look(deps, { ...request, headOnly: true }, file);
  return deps.fileLinks.linkTo(request.clusterId, toLink(file));
}

async function look(deps: ServiceDeps, request: FileDownload, file: PresignedFile): Promise<unknown> {
  switch (file.kind) {
    case 'file':
      return downloadFile(deps, request, file.name);
    case 'logs':
      return downloadLogs(deps, request.clusterId, file.selection, request);
    case 'manifest':
      return downloadManifest(deps, request.clusterId, file.name, request);
  }
}

function toLink(file: PresignedFile): LinkedFile {
  switch (file.kind) {
    case 'file':
      return { path: '/downloads/files', query: { file_name: file.name }, capability: file.name };
    case 'logs': {
      const { selection } = file;
      const query = { logs_type: selection.type, ...(selection.type === 'host' && { host_id: selection.hostId }) };
      return { path: '/logs', query, capability: logsCapability(selection) };
    }
    case 'manifest':
      return { path: '/manifests/files', query: { folder: file.name.folder, file_name: file.name.fileName }, capability: manifestCapability(file.name) };
  }
}
