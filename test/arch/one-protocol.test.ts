import { describe, expect, it } from 'vitest';
import { listSourceFiles } from './source-files';

const files = listSourceFiles();
const protocol = 'src/agent/protocol';
const importsOf = (path: string): string[] => files.find((file) => file.path === path)?.imports.flatMap(({ module, typeOnly }) => (typeOnly ? [] : [module])) ?? [];

describe('the protocol of agents and controllers', () => {
  it('has its paths and headers in one place: nobody who plays one of them speaks to the service by other code', () => {
    const speakers = files.filter(({ path }) => ['src/agent/', 'src/sim/', 'src/controller/'].some((folder) => path.startsWith(folder)) && !path.startsWith(`${protocol}/`));
    const ofTheWire = /\/clusters\b|\/instructions\b|\/hosts\b|logs_progress|x-secret-key|discovery_agent_version/i;
    expect(speakers.length).toBeGreaterThan(100);
    expect(speakers.filter(({ text }) => ofTheWire.test(text)).map(({ path }) => path)).toEqual([]);
    expect(files.some(({ path, text }) => path.startsWith(`${protocol}/`) && ofTheWire.test(text))).toBe(true);
  });

  it.each(['register', 'poll'])('a simulated machine and the agent %s by the same code', (step) => {
    for (const path of ['src/agent/run-agent.ts', 'src/sim/machine/machine.ts']) expect(importsOf(path)).toContain(`${protocol}/${step}`);
  });

  it('a simulated installer and the agent\'s, a simulated controller and the real one are driven by the same code', () => {
    for (const path of ['src/agent/steps/install.ts', 'src/sim/machine/agent-life.ts']) expect(importsOf(path)).toContain(`${protocol}/installer/run-installer`);
    const controllers = files.filter(({ path }) => /^src\/(sim|controller)\//.test(path) && importsOf(path).includes(`${protocol}/controller/run-controller`));
    expect(new Set(controllers.map(({ path }) => path.split('/')[1]))).toEqual(new Set(['sim', 'controller']));
  });
});
