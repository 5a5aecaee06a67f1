import { decodeApiVip } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

export const readApiVipReply: ReplyReader = (output) => ({ patch: { apiVipConnectivity: decodeApiVip(output, 'reply') } });
