import { describe, expect, it } from 'vitest';
import { IgnitionError } from '../../src/domain/ignition/ignition-error';
import { validateIgnition } from '../../src/domain/ignition/validate-ignition';
import { day2IgnitionName, renderDay2Ignition } from '../../src/installer/ignition/day2-ignition';
import { toReady } from '../domain/cluster/story';

const { snapshot } = toReady();
const [first] = snapshot.hosts;
if (!first) throw new Error('no host');
const host = { ...first, role: 'worker' as const, machineConfigPoolName: 'worker' };
const cluster = (fields: object) => ({ ...snapshot, cluster: { ...snapshot.cluster, apiVip: '', apiVipDnsName: '', ...fields } });

describe('the ignition of a day-2 host', () => {
  it.each([
    [{ apiVipDnsName: 'api.example.com' }, 'http://api.example.com:22624/config/worker'],
    [{ apiVipDnsName: 'api.example.com', apiVip: '10.0.0.1' }, 'http://10.0.0.1:22624/config/worker'],
    [{ apiVip: 'fd00::1' }, 'http://[fd00::1]:22624/config/worker'],
  ])('fetches the pool of the running cluster %j', (fields, source) => {
    const ignition = renderDay2Ignition(cluster(fields), host);
    expect(ignition.ignition.config).toEqual({ merge: [{ source }] });
    expect(ignition.storage?.files).toMatchObject([{ path: '/etc/hostname', contents: { source: 'data:,server-1' } }]);
    expect(validateIgnition(ignition)).toEqual([]);
  });

  it('takes the pool the user chose and his own part', () => {
    const ignition = renderDay2Ignition(cluster({ apiVip: '10.0.0.1' }), {
      ...host, machineConfigPoolName: 'infra', ignitionConfigOverrides: '{"ignition":{"version":"3.2.0"},"storage":{"files":[{"path":"/tmp/own","contents":{"source":"data:,x"}}]}}',
    });
    expect(ignition.ignition.config).toEqual({ merge: [{ source: 'http://10.0.0.1:22624/config/infra' }] });
    expect(ignition.storage?.files?.map((file) => file.path)).toEqual(['/etc/hostname', '/tmp/own']);
  });

  it('is named after host and role', () => {
    expect(day2IgnitionName(host)).toBe(`worker-${host.id}.ign`);
  });

  it('needs an address of the cluster and an override that is one', () => {
    expect(() => renderDay2Ignition(cluster({}), host)).toThrow(IgnitionError);
    expect(() => renderDay2Ignition(cluster({ apiVip: '10.0.0.1' }), { ...host, ignitionConfigOverrides: '{' })).toThrow(IgnitionError);
  });
});
