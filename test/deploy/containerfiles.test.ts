import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostPrograms } from '../../src/agent/machine/host-programs';
import { renderAgentUnit } from '../../src/iso/ignition/agent-unit';

/** What `npm run build` makes. */
const built = /^dist\/(main|ams-standin|agent|controller|workflow-bundle)\.js(\.map)?$/;
const files = readdirSync('deploy', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('Containerfile')).map((path) => join('deploy', path));

/** Instructions with their arguments; continued lines are joined. */
const instructions = (path: string): string[][] =>
  readFileSync(path, 'utf8').replaceAll('\\\n', ' ').split('\n').filter((line) => /^[A-Z]+ /.test(line)).map((line) => line.trim().split(/\s+/));

describe.each(files)('%s', (path) => {
  const all = instructions(path);
  const of = (name: string): string[][] => all.filter(([instruction]) => instruction === name).map(([, ...rest]) => rest);

  it('copies only what is there, or what the build makes', () => {
    const sources = of('COPY').flatMap((words) => words.filter((word) => !word.startsWith('--')).slice(0, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(source) && !built.test(source))).toEqual([]);
  });

  it('begins with an image that names its registry and version', () => {
    const bases = of('FROM').map(([image = '']) => image);
    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases) expect(base).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[^:@]+(:[^:]*\d[^:]*|@sha256:[0-9a-f]{64})$/);
  });

  it('starts one program without a shell', () => {
    const [[entry = '[]'] = []] = [of('ENTRYPOINT').map((words) => words.join(' '))];
    const [[command = '[]'] = []] = [of('CMD').map((words) => words.join(' '))];
    const program = [JSON.parse(entry), JSON.parse(command)].flat() as string[];
    expect(program.length).toBeGreaterThan(0);
    expect(program.some((word) => /^(ba)?sh$|^-c$/.test(word))).toBe(false);
  });
});

describe('the image of the agent', () => {
  const all = instructions('deploy/agent/Containerfile');
  const copied = all.filter(([name]) => name === 'COPY').map((words) => words.at(-1));
  const unit = renderAgentUnit({
    clusterId: 'c', agentImage: 'registry.example.com/agent:v1', agentToken: 'token', serviceBaseUrl: 'https://service.example.com', skipCertVerification: false, agentStartTimeoutSeconds: 180,
    pullSecret: '', sshPublicKey: '', httpProxy: '', httpsProxy: '', noProxy: '', staticNetwork: [], ignitionConfigOverrides: '',
  });

  it('gives the discovery image what its unit takes from it: no entry point stands before the unit\'s own program', () => {
    const taken = /^ExecStartPre=podman run .* registry\.example\.com\/agent:v1 cp (\S+) \S+$/m.exec(unit)?.[1];
    expect(copied).toContain(taken);
    expect(all.filter(([name]) => name === 'ENTRYPOINT')).toEqual([['ENTRYPOINT', '[]']]);
  });

  it('holds the program that the script runs in it', () => {
    const started = /"\$image" node (\S+) "\$@"/.exec(readFileSync('deploy/agent/agent', 'utf8'))?.[1];
    expect(copied).toContain(started);
  });

  it('has a package for every program the agent may run, but for those of the machine itself, or the agent does without', () => {
    const sources = readdirSync('src/agent', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join('src/agent', path), 'utf8')).join('\n');
    const programs = new Set([...sources.matchAll(/(?:machine\.(?:run|has)\(|runForJson\(machine, |program: )'([a-z-]+)'/g)].map(([, program = '']) => program));
    const packageOf: Record<string, string> = {
      arping: 'iputils-arping', ping: 'iputils-ping', dhclient: 'isc-dhcp-client', fio: 'fio', ip: 'iproute2', ipmitool: 'ipmitool', nmap: 'nmap', smartctl: 'smartmontools',
      dmesg: 'util-linux', lsblk: 'util-linux', nsenter: 'util-linux',
    };
    /** dhclient does the same. */
    const without = new Set(['busybox', 'udhcpc']);
    expect([...programs].filter((program) => packageOf[program] === undefined && !without.has(program) && !hostPrograms.has(program))).toEqual([]);
    const installed = all.filter(([name]) => name === 'RUN').flat();
    expect(Object.values(packageOf).filter((name) => !installed.includes(name))).toEqual([]);
  });
});

it('the controller needs no root; the agent, which writes disks, is the one that does', () => {
  const users = Object.fromEntries(files.map((path) => [path, instructions(path).filter(([name]) => name === 'USER').map(([, user]) => user)]));
  expect(users).toMatchObject({ 'deploy/agent/Containerfile': [], 'deploy/controller/Containerfile': ['1001'] });
});

it('the script that starts the agent\'s container can be executed', () => {
  expect(statSync('deploy/agent/agent').mode & 0o111).toBe(0o111);
});
