import { describe, expect, it } from 'vitest';
import { settings, Story, clusterId } from './story';

describe('a new cluster', () => {
  it('has an infra-env with its id, the operators asked for and what these need', () => {
    const story = new Story({ olmOperators: [{ name: 'ocs', properties: '{}' }] }, { ...settings, checkClusterVersion: true });
    expect(story.snapshot.infraEnv).toMatchObject({ id: clusterId, clusterId });
    expect(story.snapshot.operators.map((operator) => [operator.name, operator.operatorType, operator.timeoutSeconds])).toEqual([
      ['console', 'builtin', 3600], ['cvo', 'builtin', 3600], ['lso', 'olm', 4200], ['ocs', 'olm', 1800],
    ]);
    expect(JSON.parse(story.snapshot.cluster.featureUsage)).toEqual({ LSO: { name: 'LSO' }, OCS: { name: 'OCS' } });
    expect(story.events[0]).toMatchObject({ name: 'cluster_registered', severity: 'info', key: 'cluster_registered:register' });
  });
});
