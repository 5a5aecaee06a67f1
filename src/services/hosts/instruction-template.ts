import { randomBytes, randomUUID } from 'node:crypto';
import type { NextSteps } from '../../domain/instructions/next-steps';

/** Answer of GetNextSteps as text with gaps for the step ids, which are new in each answer. */
export type InstructionTemplate = string[];

/** A text that cannot come up in an answer: nobody outside this process knows it. */
const gap = `@${randomUUID()}@`;

export function createInstructionTemplate({ nextInstructionSeconds, steps }: NextSteps): InstructionTemplate {
  const instructions = steps.map((step) => ({ step_type: step.stepType, step_id: `${step.stepType}-${gap}`, command: step.command, args: step.args }));
  const body = { next_instruction_seconds: nextInstructionSeconds, post_step_action: 'continue', instructions };
  return JSON.stringify(body).split(gap);
}

let pool = Buffer.alloc(0);
let used = 0;

/** Eight hex characters; random bytes are drawn in bulk because each draw is a system call. */
function nextStepId(): string {
  if (used + 4 > pool.length) {
    pool = randomBytes(4096);
    used = 0;
  }
  used += 4;
  return pool.toString('hex', used - 4, used);
}

/** The answer with fresh step ids: `<step type>-<8 hex characters>`. */
export function renderInstructions(template: InstructionTemplate): string {
  let text = template[0] ?? '';
  for (let i = 1; i < template.length; i += 1) text += nextStepId() + (template[i] ?? '');
  return text;
}
