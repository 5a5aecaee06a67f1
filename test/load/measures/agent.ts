import { readFileSync } from 'node:fs';
import { makeAgentProgram } from '../../agent/agent-process';
import { clusterId, ScriptedService, step } from '../../sim/scripted-service';
import type { Measurement } from '../measurement';

const runs = 7;
const polls = 20;

/** The bundled agent as a process on this machine: how long an inventory takes from its start to its end, and the most memory it has after many polls. */
export async function measureAgent(): Promise<Measurement[]> {
  const agent = await makeAgentProgram();
  let seen = 0;
  let done: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (done = resolve));
  const service = await new ScriptedService((call) => {
    if (call.method !== 'GET' || !call.path.endsWith('/instructions')) return undefined;
    if (++seen === polls) done();
    return { status: 200, body: { next_instruction_seconds: 1, post_step_action: 'continue', instructions: [step('inventory')] } };
  }).open();
  try {
    const durations: number[] = [];
    for (let run = 0; run < runs; run++) {
      const started = performance.now();
      const code = await agent.start(['--inventory']).ended;
      if (code !== 0) throw new Error(`the agent ended with ${code}`);
      durations.push((performance.now() - started) / 1000);
    }
    const process = agent.start(['--url', service.url, '--cluster-id', clusterId, '--agent-version', 'agent:v1']);
    await Promise.race([enough, process.ended.then((end) => Promise.reject(new Error(`the agent ended with ${end}: ${process.output()}`)))]);
    const peakKib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process.child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
    process.child.kill('SIGTERM');
    await process.ended;
    durations.sort((a, b) => a - b);
    return [
      { name: 'agent: inventory, process and all', value: durations[Math.floor(runs / 2)] ?? Number.NaN, unit: 's', goal: 2, note: `median of ${runs}, slowest ${(durations.at(-1) ?? Number.NaN).toFixed(2)} s` },
      { name: 'agent: memory', value: peakKib / 1024, unit: 'MB', goal: 80, note: `the most it had in ${polls} polls with an inventory each` },
    ];
  } finally {
    service.close();
    agent.remove();
  }
}
