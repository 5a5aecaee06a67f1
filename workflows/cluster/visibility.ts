import { setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { attentionNeededKey, clusterStatusKey, hostCountKey, openshiftVersionKey, orgIdKey } from './search-attributes';
import type { ClusterState } from './contract';
import { phaseOf } from './phase';

/** Keeps Temporal Web readable: search attributes and memo on change, current details in each run and on each change of a status. */
export class Visibility {
  #attributes = '';
  #memo: string;
  #details = '';

  /** @param known what the run before has already published: attributes and memo outlive continue-as-new, current details do not */
  constructor(known: { attributes: boolean; state: ClusterState }) {
    this.#attributes = known.attributes ? attributesOf(known.state) : '';
    this.#memo = memoOf(known.state);
  }

  publish(state: ClusterState): void {
    const details = currentDetails(state);
    if (details !== this.#details) setCurrentDetails(details);
    this.#details = details;
    if (!state.registered) return;
    const attributes = attributesOf(state);
    if (attributes !== this.#attributes) {
      upsertSearchAttributes([
        { key: clusterStatusKey, value: state.deregisteredAt === null ? state.status : 'deregistered' },
        { key: orgIdKey, value: state.orgId },
        { key: openshiftVersionKey, value: state.openshiftVersion },
        { key: hostCountKey, value: state.hosts.length },
        { key: attentionNeededKey, value: needsAttention(state) },
      ]);
    }
    this.#attributes = attributes;
    const memo = memoOf(state);
    if (memo !== this.#memo) upsertMemo({ name: state.name, baseDnsDomain: state.baseDnsDomain });
    this.#memo = memo;
  }
}

const needsAttention = (state: ClusterState): boolean => state.attentionNeeded !== null || state.subscription.refused !== null;

const attributesOf = (state: ClusterState): string =>
  JSON.stringify([state.status, state.deregisteredAt !== null, state.orgId, state.openshiftVersion, state.hosts.length, needsAttention(state)]);

const memoOf = (state: ClusterState): string => JSON.stringify([state.name, state.baseDnsDomain]);

/** Markdown for the details panel: what a person on call looks for first. */
function currentDetails(state: ClusterState): string {
  const lines = [`**${state.name || state.clusterId}**${state.baseDnsDomain && `.${state.baseDnsDomain}`} is in phase *${phaseOf(state)}*, status \`${state.status}\``, '', state.statusInfo];
  if (state.attentionNeeded !== null) lines.push('', `**Attention:** ${state.attentionNeeded}`);
  if (state.subscription.refused !== null) lines.push('', `**Attention:** AMS refused the subscription: ${state.subscription.refused}`);
  if (state.deadline !== null) lines.push('', `Next deadline: ${state.deadline.name}${ofHost(state)} at ${new Date(state.deadline.at).toISOString()}`);
  const { wanted, applied } = state.subscription;
  if (wanted !== null) lines.push('', `Subscription: ${wanted.released ? 'released' : wanted.status} wanted, ${describeApplied(applied)}`);
  if (state.hosts.length > 0) lines.push('', '| host | role | status | stage |', '|---|---|---|---|');
  for (const host of state.hosts) lines.push(`| ${host.name} | ${host.bootstrap ? 'bootstrap' : host.role} | ${host.status} | ${host.stage} |`);
  return lines.join('\n');
}

function ofHost({ deadline, hosts }: ClusterState): string {
  const host = hosts.find((candidate) => candidate.id === deadline?.hostId);
  return host ? ` of ${host.name}` : '';
}

function describeApplied(applied: ClusterState['subscription']['applied']): string {
  if (applied === null) return 'none confirmed';
  return applied.released ? 'released' : `${applied.status} confirmed (${applied.id})`;
}
