import { describe, expect, it } from 'vitest';
import { limitSignals } from '../../src/temporal/limit-signals';

function recorder() {
  const sent: [string, string, object][] = [];
  const signal = limitSignals((clusterId, name, payload) => {
    sent.push([clusterId, name, payload]);
    return Promise.resolve();
  }, { burst: 3, windowMs: 50 });
  return { sent, signal };
}

describe('limitSignals', () => {
  it('sends a burst at once and the others as one', async () => {
    const { sent, signal } = recorder();
    const all = Array.from({ length: 10 }, (_, index) => signal('one', 'hostRegistered', { hostId: String(index) }));
    expect(sent).toHaveLength(3);
    await Promise.all(all);
    expect(sent).toHaveLength(4);
    expect(sent[3]).toEqual(['one', 'factsChanged', { what: '7 more reports' }]);
  });

  it('counts each cluster by itself, and anew after a while', async () => {
    const { sent, signal } = recorder();
    const send = (clusterId: string, times: number) => Promise.all(Array.from({ length: times }, () => signal(clusterId, 'stepResult', {})));
    await Promise.all([send('one', 4), send('two', 3)]);
    expect(sent).toHaveLength(7);
    await send('one', 3);
    expect(sent).toHaveLength(10);
  });
});
