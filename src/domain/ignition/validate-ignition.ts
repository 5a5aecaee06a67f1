import { checkDisks } from './check-disks';
import { checkNodes } from './check-nodes';
import { checkResource, findLaterSources } from './check-resource';
import { checkShape } from './check-shape';
import { checkUnits } from './check-units';
import { entriesOf, objectOf, textOf } from './entries-of';
import type { JsonObject } from './ignition-config';
import { ignitionShape } from './ignition-shape';
import { isObject } from './is-object';

const versions = ['3.1.0', '3.2.0'];

/** What is wrong with a configuration, each with its place; empty when the live system would take it. The rules are those of Ignition itself. */
export function validateIgnition(value: unknown): string[] {
  if (!isObject(value)) return ['it is not an object'];
  if (!isObject(value.ignition) || typeof value.ignition.version !== 'string') return ['ignition.version is missing'];
  if (!versions.includes(value.ignition.version)) return [`ignition.version ${value.ignition.version} is not one of ${versions.join(', ')}`];
  const misshapen = checkShape(value, ignitionShape);
  if (misshapen.length > 0) return misshapen;
  const storage = objectOf(value, 'storage');
  const users = entriesOf(objectOf(value, 'passwd'), 'users');
  return [
    ...(value.ignition.version === '3.1.0' ? findLaterSources(value) : []),
    ...checkSettings(value.ignition),
    ...checkNodes(storage),
    ...checkUnits(objectOf(value, 'systemd'), storage),
    ...users.flatMap((user, index) => (textOf(user, 'name') === '' ? [`passwd.users[${index}].name is missing`] : [])),
    ...checkDisks(storage),
  ];
}

/** The part of a configuration that is about how the rest is got. */
function checkSettings(ignition: JsonObject): string[] {
  const { merge, replace } = { merge: entriesOf(objectOf(ignition, 'config'), 'merge'), replace: objectOf(objectOf(ignition, 'config'), 'replace') };
  const authorities = entriesOf(objectOf(objectOf(ignition, 'security'), 'tls'), 'certificateAuthorities');
  const proxy = objectOf(ignition, 'proxy');
  return [
    ...merge.flatMap((resource, index) => checkResource(resource, `ignition.config.merge[${index}]`, { isRequired: true })),
    ...checkResource(replace, 'ignition.config.replace'),
    ...authorities.flatMap((resource, index) => checkResource(resource, `ignition.security.tls.certificateAuthorities[${index}]`, { isRequired: true })),
    ...['httpProxy', 'httpsProxy'].flatMap((name) => (typeof proxy[name] !== 'string' || /^https?:\/\//.test(proxy[name]) ? [] : [`ignition.proxy.${name} is not an http or https address`])),
  ];
}
