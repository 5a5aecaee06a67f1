import { describe, expect, it } from 'vitest';
import type { KnownHost } from '../../../src/agent/protocol/controller/known-host';
import { mayApprove, type CertificateOrder } from '../../../src/controller/certificates/may-approve';
import { readRequest, type RequestedCertificate } from '../../../src/controller/certificates/read-request';
import { makeRequest } from '../../../src/live/kubelet/make-request';

const hosts: KnownHost[] = [{ id: 'h', name: 'node-1', addresses: ['10.0.0.1'], status: 'installing-in-progress', stage: 'Configuring' }];
const nodes = [{ name: 'node-1', addresses: ['10.0.0.7'], ready: false }];
const clientOrder: CertificateOrder = { signerName: 'kubernetes.io/kube-apiserver-client-kubelet', username: 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper', usages: ['client auth', 'digital signature', 'key encipherment'] };
const serverOrder: CertificateOrder = { signerName: 'kubernetes.io/kubelet-serving', username: 'system:node:node-1', usages: ['server auth', 'digital signature'] };
const asked = (changes: Partial<RequestedCertificate> = {}): RequestedCertificate => ({ commonName: 'system:node:node-1', organizations: ['system:nodes'], dnsNames: [], ipAddresses: [], otherNames: 0, ...changes });
const own = { dnsNames: ['node-1'], ipAddresses: ['10.0.0.1', '10.0.0.7'] };

describe('a certificate request', () => {
  it('of a known host that is no node yet is approved, and then that of its server', () => {
    expect(mayApprove(clientOrder, asked(), hosts, [])).toBe(true);
    expect(mayApprove(serverOrder, asked(own), hosts, nodes)).toBe(true);
  });

  it.each<[string, CertificateOrder, RequestedCertificate, typeof nodes]>([
    ['a stranger', clientOrder, asked({ commonName: 'system:node:stranger' }), []],
    ['a host that is a node already', clientOrder, asked(), nodes],
    ['an account that may not add nodes', { ...clientOrder, username: 'system:serviceaccount:default:builder' }, asked(), []],
    ['an administrator in the name of a node', clientOrder, asked({ organizations: ['system:nodes', 'system:masters'] }), []],
    ['something that is no node', clientOrder, asked({ commonName: 'system:admin' }), []],
    ['a client with names of a server', clientOrder, asked({ dnsNames: ['node-1'] }), []],
    ['a client that also wants to be a server', { ...clientOrder, usages: ['client auth', 'server auth'] }, asked(), []],
    ['another signer', { ...clientOrder, signerName: 'kubernetes.io/kube-apiserver-client' }, asked(), []],
    ['another node\'s server', { ...serverOrder, username: 'system:node:node-2' }, asked(own), nodes],
    ['a server before its node is there', serverOrder, asked(own), []],
    ['a server under a foreign name', serverOrder, asked({ ...own, dnsNames: ['node-1', 'api.example.com'] }), nodes],
    ['a server at a foreign address', serverOrder, asked({ ...own, ipAddresses: ['10.0.0.100'] }), nodes],
    ['a server with a mail address', serverOrder, asked({ ...own, otherNames: 1 }), nodes],
  ])('of %s is left alone', (_who, order, request, known) => {
    expect(mayApprove(order, request, hosts, known)).toBe(false);
  });

  it('is read with the names it asks for, and not at all when it is broken', async () => {
    const pem = await makeRequest({ commonName: 'system:node:node-1', dnsNames: ['node-1'], ipAddresses: ['10.0.0.1'] });
    expect(await readRequest(pem)).toEqual(asked({ dnsNames: ['node-1'], ipAddresses: ['10.0.0.1'] }));
    expect(await readRequest('no request')).toBeUndefined();
  });
});
