import { describe, expect, it } from 'vitest';
import type { Actor, Role, UserActor } from '../../src/auth/actor';
import { unauthenticatedAdmin } from '../../src/auth/none';
import { can } from '../../src/auth/policy';
import type { Action, Decision, Resource } from '../../src/auth/policy';

const own: Resource = { ownerUserName: 'ann', sharedWithOrg: '', clusterId: 'c1' };
const foreign: Resource = { ownerUserName: 'bob', sharedWithOrg: '', clusterId: 'c2' };
const shared: Resource = { ...foreign, sharedWithOrg: '11' };
const actions: Action[] = ['read', 'write', 'agent', 'download'];
const all: Role[] = ['admin', 'read-only-admin', 'user'];
const person = (role: Role): UserActor => ({ kind: 'user', userName: 'ann', orgId: '11', emailDomain: 'example.com', role });
const agent: Actor = { kind: 'agent', userName: 'ann', orgId: '11', role: 'user' };
const bound: Actor = { kind: 'agent', userName: 'admin', orgId: '', role: 'user', clusterId: 'c2' };
const signed: Actor = { kind: 'signed', claims: { method: 'GET', clusterId: 'c1', file: 'kubeconfig' } };

function decisions(actor: Actor, resource: Resource | null, scopes: Role[] = all): Decision[] {
  return actions.map((action) => can(actor, action, resource, scopes));
}

describe('can', () => {
  it.each<[string, Actor, Resource | null, Decision[]]>([
    ['owner', person('user'), own, ['allow', 'allow', 'forbidden', 'allow']],
    ['stranger of the same organisation', person('user'), foreign, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['colleague, where the organisation shares', person('user'), shared, ['allow', 'allow', 'forbidden', 'allow']],
    ['user of another organisation', { ...person('user'), orgId: '12' }, shared, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['user of no organisation', { ...person('user'), orgId: '' }, foreign, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['agent of a colleague', agent, shared, ['allow', 'forbidden', 'allow', 'allow']],
    ['agent by a token of the cluster', bound, foreign, ['allow', 'forbidden', 'allow', 'allow']],
    ['agent by a token of another cluster', bound, { ...own, ownerUserName: 'admin' }, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['agent by a token, without a cluster', bound, null, ['forbidden', 'forbidden', 'forbidden', 'forbidden']],
    ['user without a cluster', person('user'), null, ['allow', 'allow', 'forbidden', 'allow']],
    ['admin', person('admin'), foreign, ['allow', 'allow', 'allow', 'allow']],
    ['nobody in particular', unauthenticatedAdmin, foreign, ['allow', 'allow', 'allow', 'allow']],
    ['read-only admin', person('read-only-admin'), foreign, ['allow', 'forbidden', 'forbidden', 'allow']],
    ['read-only admin on an own cluster', person('read-only-admin'), own, ['allow', 'forbidden', 'forbidden', 'allow']],
    ['agent of the owner', agent, own, ['allow', 'forbidden', 'allow', 'allow']],
    ['agent of another account', agent, foreign, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['signed URL', signed, own, ['allow', 'forbidden', 'forbidden', 'allow']],
    ['signed URL of another cluster', signed, foreign, ['not-found', 'not-found', 'not-found', 'not-found']],
    ['signed URL without a cluster', signed, null, ['forbidden', 'forbidden', 'forbidden', 'forbidden']],
  ])('%s', (_, actor, resource, expected) => {
    expect(decisions(actor, resource)).toEqual(expected);
  });

  it('keeps roles out that the operation is not open to, but tells a stranger nothing', () => {
    expect(can(person('read-only-admin'), 'read', own, ['admin', 'user'])).toBe('forbidden');
    expect(can(person('user'), 'read', own, ['admin'])).toBe('forbidden');
    expect(can(person('user'), 'read', foreign, ['admin'])).toBe('not-found');
    expect(can(person('user'), 'read', own, [])).toBe('allow');
  });

  it('gives an agent nothing for its account\'s role', () => {
    expect(can({ ...agent, role: 'admin' }, 'read', foreign, all)).toBe('not-found');
  });

  it('takes an empty name for nobody\'s', () => {
    const nameless: Resource = { clusterId: 'c3', ownerUserName: '', sharedWithOrg: '' };
    expect(can({ kind: 'user', userName: '', orgId: '', emailDomain: '', role: 'user' }, 'read', nameless, all)).toBe('not-found');
  });
});
