import type { JsonObject } from './ignition-config';
import { isObject } from './is-object';

/** RFC 3986, as far as a place to fetch something from is concerned: no broken escapes. */
const addresses = /^(?:https?|tftp|gs|s3):\/\/(?:[^%]|%[0-9A-Fa-f]{2})+$/;
const dataUrl = /^data:([^,]*),(.*)$/s;
const parameter = /^(?:;[\w!#$&^.+-]+=[^;,"]*)*$/;
const mediaType = /^(?:[\w!#$&^.+-]+\/[\w!#$&^.+-]+)?$/;
const control = /\p{Cc}/u;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const escaped = /^(?:[^%\u0080-\u{10FFFF}]|%[0-9A-Fa-f]{2})*$/u;
/** Hexadecimal digits of each function. */
const hashes: Record<string, number> = { sha512: 128, sha256: 64 };

/** Whether something can be fetched from an address, without trying. */
export function isFetchable(source: string): boolean {
  if (control.test(source)) return false;
  const [, head, data] = dataUrl.exec(source) ?? [];
  if (head === undefined || data === undefined) return addresses.test(source);
  const isBase64 = head.endsWith(';base64');
  const described = isBase64 ? head.slice(0, -';base64'.length) : head;
  const [type = ''] = described.split(';', 1);
  if (!mediaType.test(type) || !parameter.test(described.slice(type.length))) return false;
  return isBase64 ? base64.test(data) : escaped.test(data);
}

/** What is wrong with something that is fetched; each with its place. */
export function checkResource(resource: JsonObject, place: string, { isRequired = false } = {}): string[] {
  const source = typeof resource.source === 'string' ? resource.source : undefined;
  const { compression, verification, httpHeaders } = resource;
  const headers = Array.isArray(httpHeaders) ? httpHeaders : [];
  return [
    ...(isRequired && !source ? [`${place}.source is missing`] : []),
    ...(source && !isFetchable(source) ? [`${place}.source is not an address that can be fetched`] : []),
    ...(typeof compression === 'string' && compression !== '' && compression !== 'gzip' ? [`${place}.compression must be gzip or nothing`] : []),
    ...checkHash(isObject(verification) ? verification.hash : undefined, source, `${place}.verification.hash`),
    ...(headers.length > 0 && !/^https?:/.test(source ?? '') ? [`${place}.httpHeaders need an http or https source`] : []),
    ...headers.flatMap((header: unknown, index) => (isObject(header) && header.name && header.value !== '' ? [] : [`${place}.httpHeaders[${index}] needs a name and a value`])),
  ];
}

function checkHash(hash: unknown, source: string | undefined, place: string): string[] {
  if (typeof hash !== 'string') return [];
  const [, name = '', sum = ''] = /^([^-]*)-(.*)$/s.exec(hash) ?? [];
  return [
    ...(source === undefined ? [`${place} is given for nothing: a source is missing`] : []),
    ...(hashes[name] === sum.length ? [] : [`${place} must be sha512- or sha256- with the digits of the sum`]),
  ];
}

/** Places of sources that version 3.1 does not know yet. */
export function findLaterSources(value: unknown, place = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => findLaterSources(entry, `${place}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = place === '' ? name : `${place}.${name}`;
    return name === 'source' && typeof inner === 'string' && inner.startsWith('gs:') ? [`${field} is of a kind that version 3.1.0 does not know`] : findLaterSources(inner, field);
  });
}
