import type { CallRetries } from '../call-with-retries';

/** Looks again after `everyMs`, for at most `limitMs`. */
export interface Look {
  everyMs: number;
  limitMs: number;
}

/** How often the controller looks at what, and for how long at most. */
export interface ControllerPace {
  /** For the service to be reachable. */
  contact: Look;
  /** At the nodes of the cluster. */
  nodes: Look;
  /** For the cluster to be finalizing: as long as its nodes may take. */
  finalizing: Look;
  /** At the operator of the release; the limit begins again with every change. */
  version: Look;
  ingress: Look;
  console: Look;
  manifests: Look;
  /** With the service, where the next step cannot do without an answer of it. */
  patience: Look;
  /** At the operators of the user, which have limits of their own. */
  olmEveryMs: number;
  /** At who has the address of the name server. */
  dns: Look;
  bareMetalHostsEveryMs: number;
  completion: Look;
  /** At the state of the installation, until it has ended. */
  watchEveryMs: number;
  logsEveryMs: number;
  retries: CallRetries;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What controllers in the field do. */
export const fieldPace: ControllerPace = {
  contact: { everyMs: second, limitMs: 70 * minute },
  nodes: { everyMs: 30 * second, limitMs: 10 * hour },
  finalizing: { everyMs: 30 * second, limitMs: 10 * hour },
  version: { everyMs: minute, limitMs: 70 * minute },
  ingress: { everyMs: 30 * second, limitMs: 70 * minute },
  console: { everyMs: 30 * second, limitMs: 70 * minute },
  manifests: { everyMs: 30 * second, limitMs: 10 * minute },
  patience: { everyMs: 30 * second, limitMs: 70 * minute },
  olmEveryMs: 30 * second,
  dns: { everyMs: 20 * second, limitMs: 15 * minute },
  bareMetalHostsEveryMs: 30 * second,
  completion: { everyMs: minute, limitMs: 30 * minute },
  watchEveryMs: minute,
  logsEveryMs: 5 * minute,
  retries: { attempts: 10, fromMs: 2 * second, toMs: 10 * second },
};

/** The same limits with looks that are so many milliseconds apart. */
export function lookEvery(pace: ControllerPace, everyMs: number): ControllerPace {
  const every = (look: Look): Look => ({ ...look, everyMs });
  const { contact, nodes, finalizing, version, ingress, console, manifests, patience, dns, completion } = pace;
  return {
    ...pace,
    contact: every(contact), nodes: every(nodes), finalizing: every(finalizing), version: every(version), ingress: every(ingress),
    console: every(console), manifests: every(manifests), patience: every(patience), dns: every(dns), completion: every(completion),
    olmEveryMs: everyMs, watchEveryMs: everyMs, logsEveryMs: everyMs * 10, bareMetalHostsEveryMs: everyMs,
  };
}
