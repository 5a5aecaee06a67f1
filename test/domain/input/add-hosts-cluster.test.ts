import { expect, it } from 'vitest';
import { checkAddHostsCluster } from '../../../src/domain/input/add-hosts-cluster';

it.each([
  ['running', 'api.example.com', true], ['7 of nine', '192.168.1.1', true], ['c', 'fd00::1', true], ['c', 'api', true],
  ['', 'api.example.com', false], [' ', 'api', false], ['a\u0000b', 'api', false], ['\ud800', 'api', false], ['a'.repeat(256), 'api', false],
  ['c', '', false], ['c', 'http://api', false], ['c', 'a b', false], ['c', "a';reboot", false], ['c', 'a'.repeat(256), false],
])('name %j with API %j: %s', (name, apiVipDnsName, fine) => {
  expect(checkAddHostsCluster({ name, apiVipDnsName }) === undefined).toBe(fine);
});
