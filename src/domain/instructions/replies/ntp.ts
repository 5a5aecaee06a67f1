import { decodeNtp } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

export const readNtpReply: ReplyReader = (output) => ({ patch: { ntpSources: decodeNtp(output, 'reply').ntp_sources ?? [] } });
