import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/config/duration';
import { ConfigurationError, loadSettings } from '../../src/config/load';
import { settingsSchema } from '../../src/config/schema';
import { toDomainSettings } from '../../src/config/domain-settings';
import { completeSettings as complete } from '../support/complete-settings';
import { activityPolicies } from '../../workflows/policies';

const keyOn = (namedCurve: string): string => String(generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

function problemsOf(changes: Record<string, string | undefined>): string[] {
  try {
    loadSettings({ ...complete, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('is read with defaults', () => {
    expect(loadSettings(complete)).toMatchObject({ ROLE: 'all', PORT: 8090, IMAGE_EXPIRATION_TIME: 14_400_000, DELETED_INACTIVE_AFTER: 504 * 3_600_000, WITH_AMS_SUBSCRIPTIONS: false });
  });

  it('tells every error at once, by name', () => {
    const problems = problemsOf({ ROLE: 'boss', PORT: 'x', DATABASE_URL: undefined, OPENSHIFT_VERSIONS: '{"4.8":{}}' });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(['DATABASE_URL', 'OPENSHIFT_VERSIONS', 'PORT', 'ROLE']);
    expect(problems.join('\n')).toContain('ROLE (is "boss")');
  });

  it('never shows a secret', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://planted-password', ENCRYPTION_KEY: 'planted-short', URL_SIGNING_KEY: 'planted-key' });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('planted');
    expect(problems.join('\n')).toContain('value hidden');
  });

  it('takes no address of an image with a user or password in it, and does not show them', () => {
    const version = { display_name: '4.8', release_version: '4.8.14', release_image: 'quay.io/x', rhcos_image: 'https://mirror.example/live.iso?signature=x', rhcos_rootfs: 'https://mirror.example/rootfs.img', rhcos_version: '48', support_level: 'production' };
    const problemsWith = (changes: object) => problemsOf({ OPENSHIFT_VERSIONS: JSON.stringify({ '4.8': { ...changes, ...version, ...changes, default: true } }) });
    expect(problemsWith({})).toEqual([]);
    for (const [name, address] of [['rhcos_image', 'https://user:planted@mirror.example/live.iso'], ['rhcos_image', 's3://planted@bucket/live.iso'], ['rhcos_rootfs', 'https://:planted@mirror.example/rootfs.img']] as const) {
      const [problem, ...others] = problemsWith({ [name]: address });
      expect([problem, others]).toEqual([expect.stringContaining(`: 4.8.${name}: must not hold a user or password`), []]);
      expect(problem).not.toContain('planted');
    }
    expect(problemsOf({ OPENSHIFT_VERSIONS: '{"4.8":{"rhcos_image":"https://user:planted@mirror.example/live.iso"' })).toEqual([expect.not.stringContaining('planted')]);
  });

  it('hands out no addresses of the file storage for longer than they can be signed for', () => {
    expect(problemsOf({ IMAGE_DOWNLOADS: 'storage', IMAGE_EXPIRATION_TIME: '168h' })).toEqual([]);
    expect(problemsOf({ IMAGE_DOWNLOADS: 'storage', IMAGE_EXPIRATION_TIME: '169h' })).toEqual([expect.stringContaining('must be 7 days (168h) at most')]);
    expect(problemsOf({ IMAGE_EXPIRATION_TIME: '169h' })).toEqual([]);
  });

  it('wants OCM for single sign-on and permits no open service outside development', () => {
    expect(problemsOf({ AUTH_TYPE: 'rhsso' }).map((problem) => problem.split(' ')[0])).toEqual(['JWKS_URL', 'OCM_BASE_URL', 'OCM_TOKEN_URL', 'OCM_SERVICE_CLIENT_ID', 'OCM_SERVICE_CLIENT_SECRET']);
    expect(problemsOf({ ENVIRONMENT: 'production', OCM_SERVICE_CLIENT_SECRET: 's', WORKFLOW_BUNDLE: 'bundle.js' })).toEqual([expect.stringContaining('AUTH_TYPE')]);
  });

  it('lets a process be open that only its own machine reaches', () => {
    const production = { ENVIRONMENT: 'production', OCM_SERVICE_CLIENT_SECRET: 's', WORKFLOW_BUNDLE: 'bundle.js', AUTH_TYPE: 'none' };
    expect(problemsOf({ ...production, LISTEN_ADDRESS: '127.0.0.1' })).toEqual([]);
    expect(problemsOf({ ...production, LISTEN_ADDRESS: '0.0.0.0' })).toEqual([expect.stringContaining('127.0.0.1')]);
  });

  it('wants a key pair for tokens of its own, which outlive their clusters', () => {
    expect(problemsOf({ AUTH_TYPE: 'local' })).toEqual([expect.stringContaining('EC_PRIVATE_KEY_PEM')]);
    expect(problemsOf({ AUTH_TYPE: 'local', EC_PRIVATE_KEY_PEM: keyOn('P-256') })).toEqual([]);
    const problems = problemsOf({ AUTH_TYPE: 'local', EC_PRIVATE_KEY_PEM: keyOn('P-384'), EC_PUBLIC_KEY_PEM: 'planted' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['EC_PRIVATE_KEY_PEM', 'EC_PUBLIC_KEY_PEM']);
    expect(problemsOf({ AUTH_TYPE: 'local', EC_PRIVATE_KEY_PEM: keyOn('P-256'), LOCAL_TOKEN_EXPIRATION: '1h' })).toEqual([expect.stringContaining('DELETED_INACTIVE_AFTER')]);
  });

  it('takes the keys of users as a document, and a token for OCM in place of a client secret', () => {
    const sso = { AUTH_TYPE: 'rhsso', OCM_BASE_URL: 'http://ocm', OCM_TOKEN_URL: 'http://ocm/token', OCM_SELF_TOKEN: 'a.b.c' };
    expect(problemsOf({ ...sso, JWKS_CERT: '{"keys":[{"kty":"RSA","n":"a","e":"AQAB"}]}' })).toEqual([]);
    expect(problemsOf({ ...sso, JWKS_CERT: '{"keys":[]}' })).toEqual([expect.stringContaining('JWKS')]);
  });

  it('has no default for the authentication in any environment', () => {
    for (const ENVIRONMENT of ['integration', 'staging', 'production']) expect(problemsOf({ ENVIRONMENT, AUTH_TYPE: undefined }).some((problem) => problem.startsWith('AUTH_TYPE'))).toBe(true);
  });

  it('lets the programs of one preparation end within their attempt', () => {
    expect(problemsOf({ INSTALLER_TIMEOUT: '140s' })).toEqual([]);
    expect(problemsOf({ INSTALLER_TIMEOUT: '141s' })).toEqual([expect.stringMatching(/^INSTALLER_TIMEOUT .*140s at most/)]);
    expect(parseDuration(activityPolicies.prepareArtefacts.startToCloseTimeout)).toBe(3 * 140_000 + 60_000);
  });

  it('says how hosts reach the service, how long an installer may take, and which edition of cnv clusters get', () => {
    const domain = (changes: Record<string, string>) => toDomainSettings(loadSettings({ ...complete, ...changes }));
    expect(domain({})).toMatchObject({ operatorNamespaces: { cnv: 'openshift-cnv' }, agent: { hasServiceCa: false, serviceIps: [], installationTimeoutMinutes: 0 } });
    expect(domain({ DISABLED_STEPS: 'ntp-synchronizer' }).agent.disabledSteps).toEqual(['ntp-synchronizer']);
    expect(domain({ CNV_MODE: 'false', SERVICE_IPS: '10.0.0.1, 10.0.0.2', INSTALLATION_TIMEOUT: '90s' })).toMatchObject({
      operatorNamespaces: { cnv: 'kubevirt-hyperconverged' }, agent: { serviceIps: ['10.0.0.1', '10.0.0.2'], installationTimeoutMinutes: 2 },
    });
  });

  it.each([['4h', 14_400_000], ['1h30m', 5_400_000], ['250ms', 250], ['1.5s', 1_500]])('reads the duration %s', (text, ms) => expect(parseDuration(text)).toBe(ms));
  it.each(['', '4', 'h', '-4h', '4 h', '4d'])('refuses the duration %j', (text) => expect(parseDuration(text)).toBeUndefined());

  it('is documented: every setting has its row', () => {
    const page = readFileSync('docs/configuration.md', 'utf8');
    expect(Object.keys(settingsSchema.shape).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('ask for the keys of the zones where workers manage domains, and for nothing where there are none', () => {
    const managed = { BASE_DNS_DOMAINS: 'a.example.com:Z1/route53' };
    expect(problemsOf(managed).join()).toMatch(/ROUTE53_ACCESS_KEY_ID.*ROUTE53_SECRET_ACCESS_KEY/s);
    expect(problemsOf({ ...managed, ROUTE53_ACCESS_KEY_ID: 'id', ROUTE53_SECRET_ACCESS_KEY: 'planted-route53' })).toEqual([]);
    expect(problemsOf({ ...managed, ROLE: 'api' })).toEqual([]);
    expect(problemsOf({ ...managed, ROUTE53_SECRET_ACCESS_KEY: 'planted-route53', ROUTE53_ENDPOINT_URL: 'nowhere' }).join()).not.toContain('planted-route53');
  });
});
