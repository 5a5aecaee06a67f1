import type { ClusterFact } from '../cluster/facts';
import type { ClusterSnapshot } from '../cluster/model';
import type { HostFacts } from '../host/facts';
import type { Host } from '../host/model';
import type { StepType } from '../host/step-type';
import type { Measure } from '../metrics/measure';
import type { Refusal } from '../refusal';
import type { DomainSettings } from '../settings';
import { DecodeError } from './decode';
import { parseOutput } from './parse-output';
import { readApiVipReply } from './replies/api-vip';
import { readConnectivityReply } from './replies/connectivity';
import { readDhcpReply } from './replies/dhcp';
import { readDiskSpeedReply } from './replies/disk-speed';
import { interpretFailedReply } from './replies/failed';
import { readFreeAddressesReply } from './replies/free-addresses';
import { readImagesReply } from './replies/images';
import { readInventoryReply } from './replies/inventory';
import { readNtpReply } from './replies/ntp';

/** What an agent says of a step it has run. */
export interface StepReply {
  stepType: StepType;
  stepId: string;
  exitCode: number;
  /** JSON by the schema of the step type, or empty. */
  output: string;
  error: string;
}

/**
 * What a reply means: `patch` are whole new values of the host's facts (maps already hold the host's earlier entries),
 * `facts` go to the facts log, `measures` are counted once the patch is stored, a `refusal` is answered and nothing is stored. All absent: nothing to do.
 */
export interface StepOutcome {
  patch?: Partial<HostFacts>;
  facts?: ClusterFact[];
  /** What is counted once the patch is stored. */
  measures?: Measure[];
  refusal?: Refusal;
}

export interface ReplyInput {
  snapshot: ClusterSnapshot;
  host: Host;
  settings: DomainSettings;
}

/** Reads the parsed output of a step that succeeded. */
export type ReplyReader = (output: unknown, input: ReplyInput) => StepOutcome;

const readers: Partial<Record<StepType, ReplyReader>> = {
  inventory: readInventoryReply,
  'connectivity-check': readConnectivityReply,
  'free-network-addresses': readFreeAddressesReply,
  'dhcp-lease-allocate': readDhcpReply,
  'ntp-synchronizer': readNtpReply,
  'api-vip-connectivity-check': readApiVipReply,
  'installation-disk-speed-check': readDiskSpeedReply,
  'container-image-availability': readImagesReply,
};

/** Steps that have nothing to say when they found another one of them at work. */
const mayBeEmpty: readonly StepType[] = ['installation-disk-speed-check', 'container-image-availability', 'free-network-addresses'];

/** Decides what a reply changes. Output that is not of the step's schema is Invalid; what can't be used is Invalid, too. */
export function interpretStepReply(snapshot: ClusterSnapshot, host: Host, reply: StepReply, settings: DomainSettings): StepOutcome {
  const input = { snapshot, host, settings };
  if (reply.exitCode !== 0) return interpretFailedReply(reply, input);
  const read = readers[reply.stepType];
  if (read === undefined || (reply.output === '' && mayBeEmpty.includes(reply.stepType))) return {};
  try {
    return read(parseOutput(reply.output), input);
  } catch (error) {
    if (error instanceof SyntaxError) return { refusal: { type: 'Invalid', reason: `The output of step ${reply.stepType} is not JSON` } };
    if (error instanceof DecodeError) return { refusal: { type: 'Invalid', reason: `The output of step ${reply.stepType} is not as agreed: ${error.message}` } };
    throw error;
  }
}
