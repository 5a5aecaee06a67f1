import { parseAddress } from '../network/address';
import { isDomainName } from './domain-name';

/** Why a text is no comma list of NTP sources (addresses or host names), undefined when it is one. The empty text names none and is fine. */
export function checkNtpSource(sources: string): string | undefined {
  if (sources === '') return undefined;
  const wrong = sources.split(',').map((source) => source.trim()).find((source) => parseAddress(source) === undefined && !isDomainName(source));
  return wrong === undefined ? undefined : `The NTP source "${wrong}" is neither an IP address nor a host name`;
}
