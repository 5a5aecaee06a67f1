import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { findIntent, insertIntent, type IntentRow } from '../../db/intents';
import { raiseFactsVersion } from '../../db/record-facts';
import { readSnapshot } from '../../db/read-snapshot';
import type { ClusterIntent } from '../../domain/cluster/intents';
import type { IntentMessage } from '../../../workflows/cluster/messages';
import { RefusedError, UnavailableError, WorkflowNotFoundError } from '../../temporal/errors';
import type { ServiceDeps } from '../deps';
import { Conflict, fromRefusal, Unavailable } from '../errors';
import { noSuchCluster } from '../guard';

export interface Intention {
  clusterId: string;
  userName: string;
  body: ClusterIntent;
  /** Sealed pull secret, where the operation carries one. */
  secret?: Buffer;
  /** Idempotency-Key of the user: the same key never acts twice. */
  idempotencyKey?: string;
}

type Deps = Pick<ServiceDeps, 'db' | 'messenger'>;

/**
 * Stores what a user wants and has the cluster's workflow apply it.
 * Throws what the workflow refuses, Conflict for a key that was used for something else, and Unavailable when nobody can
 * tell yet: the same key then gets the first result.
 * @returns id of the cluster it was applied to; with a known key that is the first request's
 */
export async function sendIntent(deps: Deps, intention: Intention): Promise<string> {
  const { intent, replay } = await storeIntent(deps, intention);
  if (replay) assertSame(intent, intention);
  if (intent.status === 'applied') return resultOf(deps, intent);
  if (intent.status === 'refused' && intent.refusal) throw fromRefusal(intent.refusal);
  return send(deps, intent);
}

/** A first request that was applied is answered again; one for an image only once the image is there. */
async function resultOf({ db }: Pick<Deps, 'db'>, intent: IntentRow): Promise<string> {
  const loaded = intent.operation === 'generateImage' ? await readSnapshot(db, intent.clusterId, 'none') : undefined;
  if (loaded && !loaded.snapshot.infraEnv.imageGenerated) {
    throw new Unavailable('The image of this request is not there: it is being made, or could not be. Ask again, with a new Idempotency-Key if it stays so.');
  }
  return intent.clusterId;
}

function storeIntent({ db }: Deps, { clusterId, userName, body, secret, idempotencyKey }: Intention): Promise<{ intent: IntentRow; replay: boolean }> {
  const id = randomUUID();
  return insertIntent(db, { id, clusterId, requestId: idempotencyKey ?? id, userName, body, ...(secret && { secret }) });
}

/** A registration draws a new cluster id each time, so there the id says nothing. */
function assertSame(intent: IntentRow, { clusterId, body }: Intention): void {
  const sameCluster = body.operation === 'register' || intent.clusterId === clusterId;
  const stored: unknown = JSON.parse(JSON.stringify(body));
  if (!sameCluster || !isDeepStrictEqual(intent.body, stored)) throw new Conflict('This Idempotency-Key was used for another request.');
}

async function send({ db, messenger }: Deps, intent: IntentRow): Promise<string> {
  const message: IntentMessage = { requestId: intent.requestId, intentId: intent.id };
  const { body, clusterId } = intent;
  try {
    if (body.operation === 'register') await messenger.register(clusterId, message, { name: body.name, baseDnsDomain: body.baseDnsDomain });
    else if (body.operation === 'registerAddHosts') await messenger.register(clusterId, message, { name: body.name, baseDnsDomain: '' }, body.operation);
    else await messenger.update(clusterId, body.operation, message);
    return clusterId;
  } catch (error) {
    if (error instanceof RefusedError) throw fromRefusal(error.refusal);
    const settled = error instanceof UnavailableError || error instanceof WorkflowNotFoundError ? await findIntent(db, intent.id) : undefined;
    if (settled?.status === 'applied') return resultOf({ db }, settled);
    if (settled?.status === 'refused' && settled.refusal) throw fromRefusal(settled.refusal);
    if (error instanceof UnavailableError) throw new Unavailable('The request could not be completed now; send it again.', 5, { cause: error });
    if (error instanceof WorkflowNotFoundError) throw await explainMissingWorkflow(db, clusterId, error);
    throw error;
  }
}

/** A cluster with a row but without a workflow: the monitor starts one when it finds that nobody has seen the latest facts. */
async function explainMissingWorkflow(db: Deps['db'], clusterId: string, cause: Error): Promise<Error> {
  const loaded = await readSnapshot(db, clusterId, 'none');
  if (!loaded || loaded.row.deletedAt !== null) return noSuchCluster(clusterId);
  await raiseFactsVersion(db, clusterId, { tells: false });
  return new Unavailable('The cluster cannot be changed at the moment; send the request again.', 30, { cause });
}
