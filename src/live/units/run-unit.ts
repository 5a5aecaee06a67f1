import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from '../../programs/find-program';
import type { ServiceUnit } from './read-unit';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Starts a service and keeps it running as its unit says; what it prints is told line by line. A program this system lacks is told and left out. */
export async function runUnit({ name, before, command, environment, restartSeconds }: ServiceUnit, say: (line: string) => void): Promise<void> {
  if (command === undefined || findProgram(command[0] ?? '', path) === undefined) {
    say(`${name} left out: no program ${command?.[0] ?? ''}`);
    return;
  }
  for (;;) {
    for (const step of [...before, command]) {
      const program = findProgram(step[0] ?? '', path);
      if (program === undefined) say(`${name} goes on without ${step[0] ?? ''}`);
      else say(`${name} ${await run(name, [program, ...step.slice(1)], environment)}: ${program}`);
    }
    if (restartSeconds === undefined) return;
    await pause(restartSeconds * 1000);
  }
}

function run(name: string, [program = '', ...args]: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(program, args, { env: { PATH: path, HOME: '/root', LANG: 'C', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => process.stdout.write(`${name.replace(/\.service$/, '')}: ${line}\n`));
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not start (${error.message})`));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code ?? ''}`));
  });
}
