import { isRefusal, type Refusal } from '../refusal';
import type { DomainSettings } from '../settings';
import type { ChangeIntent } from './intents';
import { cancelInstallation } from './intents/cancel';
import { deregisterCluster } from './intents/deregister';
import { deregisterHost } from './intents/deregister-host';
import { disableHost } from './intents/disable-host';
import { enableHost } from './intents/enable-host';
import { generateImage } from './intents/generate-image';
import { installCluster } from './intents/install';
import { installHost } from './intents/install-host';
import { installHosts } from './intents/install-hosts';
import type { IntentChange } from './intents/intent-change';
import { resetInstallation } from './intents/reset';
import { resetHost } from './intents/reset-host';
import { resetHostValidation } from './intents/reset-host-validation';
import { updateCluster } from './intents/update-cluster';
import { updateDiscoveryIgnition, updateHostIgnition, updateInstallConfig } from './intents/update-overrides';
import { updateHostInstallerArgs } from './intents/update-host-installer-args';
import type { ClusterSnapshot } from './model';

function dispatch(snapshot: ClusterSnapshot, intent: ChangeIntent, now: Date, settings: DomainSettings): IntentChange | Refusal {
  switch (intent.operation) {
    case 'install': return installCluster(snapshot, now, settings);
    case 'cancel': return cancelInstallation(snapshot, now);
    case 'reset': return resetInstallation(snapshot, now, settings);
    case 'deregister': return deregisterCluster(snapshot, now, settings);
    case 'generateImage': return generateImage(snapshot, intent, now, settings);
    case 'updateCluster': return updateCluster(snapshot, intent, now, settings);
    case 'installHosts': return installHosts(snapshot, now, settings);
    case 'installHost': return installHost(snapshot, intent.hostId, now, settings);
    case 'resetHost': return resetHost(snapshot, intent.hostId, now, settings);
    case 'enableHost': return enableHost(snapshot, intent.hostId, now);
    case 'disableHost': return disableHost(snapshot, intent.hostId, now);
    case 'deregisterHost': return deregisterHost(snapshot, intent.hostId, now);
    case 'updateHostInstallerArgs': return updateHostInstallerArgs(snapshot, intent, now);
    case 'updateInstallConfig': return updateInstallConfig(snapshot, intent, now);
    case 'updateDiscoveryIgnition': return updateDiscoveryIgnition(snapshot, intent, now);
    case 'updateHostIgnition': return updateHostIgnition(snapshot, intent, now);
    case 'resetHostValidation': return resetHostValidation(snapshot, intent);
  }
}

/** Applies what a user wants, or says why not; a refusal changes nothing. */
export function applyIntent(snapshot: ClusterSnapshot, intent: ChangeIntent, now: Date, settings: DomainSettings): IntentChange | Refusal {
  const change = dispatch(snapshot, intent, now, settings);
  if (isRefusal(change) || intent.operation === 'deregister') return change;
  return { ...change, snapshot: { ...change.snapshot, cluster: { ...change.snapshot.cluster, activeAt: now } } };
}
