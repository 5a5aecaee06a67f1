import { randomUUID } from 'node:crypto';
import { z } from 'zod';

export const faultSchema = z.object({
  match: z.object({
    /** An HTTP method; without one any. */
    method: z.string().min(1).transform((method) => method.toUpperCase()).optional(),
    /** A regular expression on the path without the query; without one any. */
    path: z.string().max(500).transform((source, context) => {
      try {
        return new RegExp(source);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not a regular expression' });
        return z.NEVER;
      }
    }).optional(),
  }).default({}),
  /** Answers with this status instead of doing the work. */
  status: z.number().int().min(400).max(599).optional(),
  /** Does the work, then closes the connection instead of answering. */
  drop_after: z.boolean().default(false),
  /** Waits so many milliseconds first. */
  delay_ms: z.number().int().min(0).max(600_000).default(0),
  /** How many requests it hits. */
  times: z.number().int().min(1).max(1_000_000).default(1),
}).refine((fault) => fault.status !== undefined || fault.drop_after || fault.delay_ms > 0, 'needs status, drop_after or delay_ms')
  .refine((fault) => fault.status === undefined || !fault.drop_after, 'status and drop_after exclude each other');

export type Fault = z.infer<typeof faultSchema> & { id: string; hits: number };

/** The armed faults of this process, oldest first. */
export class FaultRegistry {
  private armed: Fault[] = [];

  add(fault: z.infer<typeof faultSchema>): Fault {
    const added = { ...fault, id: randomUUID(), hits: 0 };
    this.armed.push(added);
    return added;
  }

  clear(): void {
    this.armed = [];
  }

  list(): readonly Fault[] {
    return this.armed;
  }

  /** The first fault that matches and is not used up; counts the hit. */
  take(method: string, path: string): Fault | undefined {
    const fault = this.armed.find(({ match, hits, times }) =>
      hits < times && (match.method ?? method) === method && (match.path?.test(path) ?? true));
    if (fault !== undefined) fault.hits += 1;
    return fault;
  }
}
