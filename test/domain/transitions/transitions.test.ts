import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enabledHosts } from '../../../src/domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { clusterStatuses, type ClusterStatus } from '../../../src/domain/cluster/status';
import { clusterRefreshRules, findClusterRefreshRule } from '../../../src/domain/cluster/transitions';
import { createHostRefreshContext } from '../../../src/domain/host/refresh-context';
import { findHostRefreshRule, hostRefreshRules } from '../../../src/domain/host/refresh-transitions';
import { findRegistrationRule, registrationRules } from '../../../src/domain/host/registration-transitions';
import { hostStatuses, type HostStatus } from '../../../src/domain/host/status';
import { findHostUserRule, hostUserRules, type HostTrigger as RuleTrigger } from '../../../src/domain/host/user-transitions';
import { isRefusal } from '../../../src/domain/refusal';
import { createValidationContext } from '../../../src/domain/validations/context';
import { evaluateClusterValidations } from '../../../src/domain/validations/evaluate-cluster';
import { evaluateHostValidations } from '../../../src/domain/validations/evaluate-host';
import { epoch, settings } from '../cluster/story';
import { clusterRefusals, clusterRows, type ClusterTrigger } from './cluster';
import { clusterIn } from './cluster-given';
import { hostIn } from './host-given';
import { hostRefreshRows } from './host-refresh';
import { hostRefusals, hostUserRows, type HostTrigger } from './host-user';
import { renderPage } from './page';
import { playCluster, playHost, registerNewHost } from './play';
import type { Case, Played, Row } from './row';

type Ran<S extends string> = { row: Row<string, S>; from: S | undefined; given: ClusterSnapshot; now: Date };

/** Every case of every row for every status, connected agents polling until the end. */
function expand<T extends string, S extends string>(rows: readonly Row<T, S>[], nowhere: S): (Ran<S> & { row: Row<T, S>; name: string; one: Case<S> })[] {
  return rows.flatMap((row) => (row.from.length === 0 ? [undefined] : row.from).flatMap((from) => Object.entries(row.cases).map(([caseName, one]) => {
    const now = new Date(epoch.getTime() + (one.after ?? 0));
    const given = one.given(from ?? nowhere);
    const hosts = given.hosts.map((host) => (host.checkedInAt !== null && host.checkedInAt >= epoch ? { ...host, checkedInAt: now } : host));
    return { row, from, now, one, given: { ...given, hosts }, name: `${row.id}: ${row.trigger}, ${from ?? 'nothing'} to ${row.to}: ${caseName}` };
  })));
}

function judge<S extends string>({ row, from, given, one }: Ran<S> & { one: Case<S> }, played: Played, after: { status: string; statusInfo: string } | undefined): void {
  expect(after?.status).toBe(row.to === 'gone' ? undefined : row.to === 'same' ? from : row.to);
  if (row.info) expect(after?.statusInfo).toMatch(row.info);
  else if (row.to === 'same') expect(after?.statusInfo).toBe('before');
  const names = played.events.map((event) => event.name);
  for (const name of row.events ?? []) expect(names).toContain(name);
  one.check?.(played, given);
}

const accept = (result: ReturnType<(typeof playCluster)['refresh']>): Played => {
  if (isRefusal(result)) throw new Error(`${result.type}: ${result.reason}`);
  return result;
};

const clusterCases = expand<ClusterTrigger, ClusterStatus>(clusterRows, 'ready');
const userCases = expand<HostTrigger, HostStatus>(hostUserRows, 'known');
const refreshCases = expand<'refresh', HostStatus>(hostRefreshRows, 'known');
const firstHost = ({ hosts }: ClusterSnapshot) => hosts[0];

describe('transitions of a cluster', () => {
  it.each(clusterCases)('$name', (ran) => {
    const played = accept(playCluster[ran.row.trigger](ran.given, ran.now));
    judge(ran, played, ran.row.to === 'gone' ? undefined : played.snapshot.cluster);
  });
});

describe('transitions of a host by users and its agent', () => {
  it.each(userCases)('$name', (ran) => {
    const played = accept(ran.from === undefined ? registerNewHost(ran.given, ran.now) : playHost[ran.row.trigger](ran.given, ran.now));
    judge(ran, played, ran.from === undefined ? played.snapshot.hosts.at(-1) : played.snapshot.hosts.find(({ id }) => id === firstHost(ran.given)?.id));
  });
});

describe('transitions of a host by itself', () => {
  it.each(refreshCases)('$name', (ran) => {
    const played = accept(playHost.refresh(ran.given, ran.now));
    const events = played.events.filter((event) => event.hostId === firstHost(ran.given)?.id);
    judge(ran, { ...played, events }, firstHost(played.snapshot));
  });
});

describe('the tables', () => {
  it('name every rule by which a cluster moves, for every status it starts from', () => {
    const fired = new Set(clusterCases.filter(({ row }) => row.trigger === 'refresh').map(({ given, now }) => {
      const validations = evaluateClusterValidations(createValidationContext(given, now, settings));
      const rule = findClusterRefreshRule({ snapshot: given, cluster: given.cluster, hosts: enabledHosts(given), now, settings, validations });
      return `${rule === undefined ? -1 : clusterRefreshRules.indexOf(rule)} from ${given.cluster.status}`;
    }));
    expect(fired).toEqual(new Set(clusterRefreshRules.flatMap(({ from }, index) => from.map((status) => `${index} from ${status}`))));
  });

  it('name every rule by which a host moves, for every status it starts from', () => {
    const fired = new Set(refreshCases.flatMap(({ given, now }) => {
      const host = firstHost(given);
      if (host === undefined) return [];
      const rule = findHostRefreshRule(createHostRefreshContext(host, given, evaluateHostValidations(createValidationContext(given, now, settings), host), now, settings));
      return [`${rule === undefined ? -1 : hostRefreshRules.indexOf(rule)} from ${host.status}`];
    }));
    expect(fired).toEqual(new Set(hostRefreshRules.flatMap(({ from }, index) => from.map((status) => `${index} from ${status}`))));
  });

  it('name every rule of registrations and of what users do, for every status it starts from', () => {
    const names: Partial<Record<HostTrigger, RuleTrigger>> = { 'install step failed': 'installFailed', cancel: 'cancel', reset: 'reset', 'require reset': 'requireReset', install: 'install', disable: 'disable', enable: 'enable' };
    const fired = new Set(userCases.flatMap(({ row, from, given }) => {
      const [host, trigger] = [firstHost(given), names[row.trigger]];
      if (from === undefined || host === undefined) return [];
      if (row.trigger === 'register') return [`register ${registrationRules.findIndex((rule) => rule === findRegistrationRule(host))} from ${from}`];
      return trigger === undefined ? [] : [`${hostUserRules.findIndex((rule) => rule === findHostUserRule(trigger, host))} from ${from}`];
    }));
    const allowed = registrationRules.flatMap(({ from, forbidden }, index) => (forbidden === true ? [] : from.map((status) => `register ${index} from ${status}`)));
    expect(fired).toEqual(new Set([...allowed, ...hostUserRules.flatMap(({ from }, index) => from.map((status) => `${index} from ${status}`))]));
  });

  it('name tests that exist', () => {
    for (const { file, title } of [...clusterRows, ...hostUserRows, ...hostRefreshRows].flatMap((row) => row.provedBy ?? [])) {
      expect(readFileSync(file, 'utf8').replaceAll("\\'", "'").includes(`it('${title}'`), `${file}: ${title}`).toBe(true);
    }
  });

  it('are shown on a page that is up to date', () => {
    const page = renderPage({ 'A cluster': clusterRows, 'A host, by users and its agent': hostUserRows, 'A host, by itself': hostRefreshRows });
    const path = new URL('README.md', import.meta.url);
    if (process.env['WRITE_TRANSITIONS'] === 'yes') writeFileSync(path, page);
    expect(readFileSync(path, 'utf8')).toBe(page);
  });
});

describe('what no row permits', () => {
  const refusedOfClusters = (Object.keys(clusterRefusals) as (keyof typeof clusterRefusals)[]).flatMap((trigger) => {
    const allowed = clusterRows.filter((row) => row.trigger === trigger).flatMap(({ from }) => from);
    return clusterStatuses.filter((status) => !allowed.includes(status)).map((from) => ({ trigger, from, refused: clusterRefusals[trigger](from) }));
  });

  it.each(refusedOfClusters)('$trigger of a cluster in $from is refused: $refused', ({ trigger, from, refused }) => {
    const given = clusterIn(from, trigger === 'install' ? { cluster: { pullSecretSet: false } } : {});
    expect(playCluster[trigger](given, epoch)).toMatchObject({ type: refused, reason: expect.stringMatching(/.{20}/) });
  });

  const refusedOfHosts = (Object.keys(hostRefusals) as HostTrigger[]).flatMap((trigger) => {
    const rows = hostUserRows.filter((row) => row.trigger === trigger && row.from.length > 0);
    const stages = trigger === 'register' ? (['Rebooting', 'Configuring'] as const) : (['Rebooting'] as const);
    return stages.flatMap((stage) => hostStatuses.flatMap((from) => {
      const given = hostIn(from, { ...(trigger !== 'register' && { cluster: 'installing' as const }), host: { stage } });
      const host = firstHost(given);
      const isRow = rows.some((row) => row.from.includes(from)) && !(trigger === 'register' && host !== undefined && findRegistrationRule(host) === undefined);
      return isRow || host === undefined ? [] : [{ trigger, from, stage, given, refused: hostRefusals[trigger](from, host) }];
    }));
  });

  it.each(refusedOfHosts)('$trigger of a host in $from, stage $stage, is refused: $refused', ({ trigger, given, refused }) => {
    const result = playHost[trigger](given, epoch);
    if (refused !== 'ignored') expect(result).toMatchObject({ type: refused, reason: expect.stringMatching(/.{20}/) });
    else expect(firstHost(accept(result).snapshot)).toEqual(firstHost(given));
  });
});
