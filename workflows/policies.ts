import type { ActivityOptions, LocalActivityOptions } from '@temporalio/common';
import { amsTaskQueue, ioTaskQueue } from './cluster/contract';

/** Time-outs and retries of every activity, in one table. Back-off beyond these is a deadline of the workflow. */
export const activityPolicies = {
  /** Short database work. Two attempts, then the workflow decides: a refused update or a durable retry. */
  refreshCluster: {
    startToCloseTimeout: '3s',
    scheduleToCloseTimeout: '5s',
    retry: { maximumAttempts: 2, initialInterval: '200ms' },
  } satisfies LocalActivityOptions,
  /** What a registration waits for: one attempt. */
  reserveSubscription: {
    taskQueue: amsTaskQueue,
    scheduleToCloseTimeout: '2s',
    retry: { maximumAttempts: 1 },
  } satisfies ActivityOptions,
  /** One attempt; the workflow's own deadline is the back-off. */
  pushSubscription: {
    taskQueue: amsTaskQueue,
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: '30s',
    retry: { maximumAttempts: 1 },
  } satisfies ActivityOptions,
  /** Bounded by the preparation time-out of the cluster, which cancels it. One attempt runs three programs one after the other, and a dead worker shows by its heartbeats. */
  prepareArtefacts: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '8m',
    scheduleToCloseTimeout: '9m',
    heartbeatTimeout: '15s',
    // Said out loud, because without it the SDK does not wait: what comes next would meet a generation that still writes.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: '1s', maximumInterval: '30s' },
  } satisfies ActivityOptions,
  /** Ends well before the preparation times out, so that its user reads what was the matter; an attempt ends itself before its time-out. */
  createDnsRecords: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '4m',
    heartbeatTimeout: '15s',
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: '1s', maximumInterval: '20s' },
  } satisfies ActivityOptions,
  /** One attempt; the workflow's own deadline is the back-off. */
  removeDnsRecords: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '60s',
    retry: { maximumAttempts: 1 },
  } satisfies ActivityOptions,
  /** A user waits for it. */
  buildImage: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '5m',
    scheduleToCloseTimeout: '6m',
    heartbeatTimeout: '15s',
    retry: { initialInterval: '1s', maximumInterval: '10s', maximumAttempts: 5 },
  } satisfies ActivityOptions,
  /** A user waits for it; small files. */
  storeHostIgnitions: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: '12s',
    retry: { initialInterval: '500ms', maximumAttempts: 3 },
  } satisfies ActivityOptions,
  /** One attempt, which ends itself before its time-out; the workflow's own deadline is the back-off. */
  storeState: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '15s',
    scheduleToCloseTimeout: '40s',
    retry: { maximumAttempts: 1 },
  } satisfies ActivityOptions,
  /** The cluster waits for it; a durable retry follows. */
  restoreCluster: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '15s',
    scheduleToCloseTimeout: '40s',
    retry: { initialInterval: '500ms', maximumAttempts: 2 },
  } satisfies ActivityOptions,
  /** Nobody waits for these; they are retried until they succeed. */
  removeObjects: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '2m',
    retry: { initialInterval: '2s', maximumInterval: '5m' },
  } satisfies ActivityOptions,
  publishBaseImage: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '2h',
    heartbeatTimeout: '30s',
    retry: { initialInterval: '2s', maximumInterval: '1m' },
  } satisfies ActivityOptions,
  /** A few hundred megabytes through the worker. */
  makeMinimalTemplate: {
    taskQueue: ioTaskQueue,
    startToCloseTimeout: '30m',
    heartbeatTimeout: '30s',
    retry: { initialInterval: '2s', maximumInterval: '1m' },
  } satisfies ActivityOptions,
  sweep: {
    startToCloseTimeout: '24h',
    heartbeatTimeout: '20s',
    retry: { initialInterval: '1s', maximumInterval: '10s' },
  } satisfies ActivityOptions,
};

/** Back-off of a refresh that the database refused: milliseconds after the n-th failure, n from 1. Ten minutes give nine attempts of six events. */
export const refreshBackoff = (failures: number): number => Math.min(90_000, 5_000 * 3 ** (failures - 1));

/** How long a workflow whose registration could not be stored waits for the user to try again. */
export const abandonedRegistrationMs = 5 * 60_000;

/** Back-off of a push that AMS did not answer. */
export const subscriptionBackoff = (failures: number): number => Math.min(10 * 60_000, 2_000 * 2 ** (failures - 1));

/** Back-off of a state object that could not be stored. */
export const storeStateBackoff = (failures: number): number => Math.min(10 * 60_000, 5_000 * 2 ** (failures - 1));

/** Back-off of DNS records that could not be removed. */
export const removeDnsBackoff = (failures: number): number => Math.min(60 * 60_000, 5_000 * 2 ** (failures - 1));

/** How long after a call that nobody answered its effect can still come. */
export const unansweredSettleMs = 60_000;

/** A push that AMS refused is tried again this much later; until then a person has time to look. */
export const refusedSubscriptionRetryMs = 60 * 60_000;

/** Back-off of a base image whose source refuses it for good: milliseconds after the n-th failure, n from 1. */
export const baseImageBackoff = (failures: number): number => Math.min(60 * 60_000, 60_000 * 2 ** (failures - 1));
