import type { FileDownload } from '../../../services/clusters/download-file';
import type { RequestContext } from '../../operation';

export const downloadRequestOf = ({ actor, requestId, method, header }: RequestContext, clusterId: string): FileDownload => ({
  actor,
  clusterId,
  requestId,
  headOnly: method === 'HEAD',
  range: header('range'),
  ifRange: header('if-range'),
});
