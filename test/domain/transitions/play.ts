import { applyFact } from '../../../src/domain/cluster/apply-fact';
import { applyIntent } from '../../../src/domain/cluster/apply-intent';
import { applyOutcome } from '../../../src/domain/cluster/apply-outcome';
import { createConnectivity } from '../../../src/domain/cluster/connectivity';
import { createAddHostsSnapshot } from '../../../src/domain/cluster/create-add-hosts';
import { createClusterSnapshot } from '../../../src/domain/cluster/create';
import { decideCompletion } from '../../../src/domain/cluster/decide-completion';
import type { ClusterFact } from '../../../src/domain/cluster/facts';
import type { ChangeIntent } from '../../../src/domain/cluster/intents';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { refreshClusterStatus } from '../../../src/domain/cluster/refresh-cluster';
import { refreshHosts } from '../../../src/domain/cluster/refresh-hosts';
import { isRefusal, type Refusal } from '../../../src/domain/refusal';
import { clusterId, hostId, registerIntent, settings, Story } from '../cluster/story';
import type { ClusterTrigger } from './cluster';
import type { HostTrigger } from './host-user';
import type { Played } from './row';

type Play = (snapshot: ClusterSnapshot, now: Date) => Played | Refusal;

const intent = (operation: ChangeIntent, settings_ = settings): Play => (snapshot, now) => applyIntent(snapshot, operation, now, settings_);
const fact = (body: ClusterFact): Play => (snapshot, at) => applyFact(snapshot, { seq: 1, at, fact: body }, settings);
const first = hostId(1);

/** One step of a trigger, without what the evaluation after it makes of it. */
export const playCluster: Record<ClusterTrigger, Play> = {
  register: (_, now) => createClusterSnapshot(registerIntent, { clusterId }, true, now, settings),
  'register to add hosts': (_, now) => createAddHostsSnapshot(
    { operation: 'registerAddHosts', name: 'running', userName: 'user', orgId: 'org', emailDomain: 'example.com', openshiftVersion: '4.8.0', apiVipDnsName: 'api.example.com' }, clusterId, now,
  ),
  refresh: (snapshot, now) => refreshClusterStatus(snapshot, now, settings, createConnectivity(settings)),
  install: intent({ operation: 'install' }),
  cancel: intent({ operation: 'cancel' }),
  reset: intent({ operation: 'reset' }),
  deregister: intent({ operation: 'deregister' }),
  'report failure': (snapshot, now) => {
    const decision = decideCompletion(snapshot, false);
    return isRefusal(decision) ? decision : fact({ kind: 'completionReported', isSuccess: false, errorInfo: 'etcd is down' })(snapshot, now);
  },
};

/** A registration as the service does it, of the first host or of one that is not there. */
function register(index: number): Play {
  return (snapshot, now) => {
    const story = new Story();
    Object.assign(story, { snapshot, now, events: [] });
    return story.register(index, { evaluated: false }) ?? { snapshot: story.snapshot, events: story.events };
  };
}

export const registerNewHost = register(9);

/** The same of the first host. */
export const playHost: Record<HostTrigger | 'refresh', Play> = {
  refresh: (snapshot, now) => refreshHosts(snapshot, now, settings, createConnectivity(settings)),
  register: register(1),
  'install step failed': fact({ kind: 'hostInstallFailed', hostId: first, reason: 'exit 1' }),
  cancel: intent({ operation: 'cancel' }),
  reset: intent({ operation: 'reset' }, { ...settings, autoReset: true }),
  'require reset': intent({ operation: 'reset' }),
  install: (snapshot, now) => applyOutcome(snapshot, { kind: 'hostIgnitionsStored', hostIds: [first], refused: [] }, now, settings),
  disable: intent({ operation: 'disableHost', hostId: first }),
  enable: intent({ operation: 'enableHost', hostId: first }),
  deregister: intent({ operation: 'deregisterHost', hostId: first }),
};
