import { isRefusal, type Refusal } from '../refusal';
import type { DomainSettings } from '../settings';
import type { ClusterIntent, RegisterIntent } from './intents';
import { cancelInstallation } from './intents/cancel';
import { deregisterCluster } from './intents/deregister';
import { generateImage } from './intents/generate-image';
import { installCluster } from './intents/install';
import type { IntentChange } from './intents/intent-change';
import { resetInstallation } from './intents/reset';
import { updateCluster } from './intents/update-cluster';
import type { ClusterSnapshot } from './model';

type AppliedIntent = Exclude<ClusterIntent, RegisterIntent>;

function dispatch(snapshot: ClusterSnapshot, intent: AppliedIntent, now: Date, settings: DomainSettings): IntentChange | Refusal {
  switch (intent.operation) {
    case 'install': return installCluster(snapshot, now, settings);
    case 'cancel': return cancelInstallation(snapshot, now);
    case 'reset': return resetInstallation(snapshot, now, settings);
    case 'deregister': return deregisterCluster(snapshot, now, settings);
    case 'generateImage': return generateImage(snapshot, intent, now, settings);
    case 'updateCluster': return updateCluster(snapshot, intent, now, settings);
  }
}

/** Applies what a user wants, or says why not; a refusal changes nothing. */
export function applyIntent(snapshot: ClusterSnapshot, intent: AppliedIntent, now: Date, settings: DomainSettings): IntentChange | Refusal {
  const change = dispatch(snapshot, intent, now, settings);
  if (isRefusal(change) || intent.operation === 'deregister') return change;
  return { ...change, snapshot: { ...change.snapshot, cluster: { ...change.snapshot.cluster, activeAt: now } } };
}
