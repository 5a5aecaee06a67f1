import { decodeConnectivity } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

export const readConnectivityReply: ReplyReader = (output) => ({ patch: { connectivity: decodeConnectivity(output, 'report') } });
