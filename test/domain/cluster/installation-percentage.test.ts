import { describe, expect, it } from 'vitest';
import { clusterPercentage } from '../../../src/domain/cluster/installation-percentage';
import { toFinalizing, toInstalling, toReady } from './story';

const total = ({ snapshot }: ReturnType<typeof toReady>): number => clusterPercentage(snapshot).total;

describe('the progress of an installation', () => {
  it('is nothing before one has begun, and again after its reset', () => {
    expect(total(toReady())).toBe(0);
    expect(total(toReady().do({ operation: 'install' }))).toBe(0);
    expect(total(toInstalling())).toBe(10);
    expect(total(toFinalizing().do({ operation: 'reset' }))).toBe(0);
  });

  it('weighs the preparation, the stages of all hosts and the operators', () => {
    const story = toInstalling().progress(1, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting');
    // 4 of 7 + 7 + 10 stages.
    expect(clusterPercentage(story.snapshot)).toEqual({ preparing: 100, installing: 16, finalizing: 0, total: 21 });
    expect(total(toFinalizing())).toBe(80);
    expect(total(toFinalizing().fact({ kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' }))).toBe(100);
  });

  it('stays where a failure or a cancellation ended it', () => {
    const available = { kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' } as const;
    expect(total(toFinalizing().fact(available).fact({ kind: 'completionReported', isSuccess: false, errorInfo: 'x' }))).toBe(100);
    const cancelled = toInstalling().progress(1, 'Starting installation').do({ operation: 'cancel' });
    expect(total(cancelled)).toBe(12);
  });
});
