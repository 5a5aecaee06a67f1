import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createArtefactRuns } from '../db/artefact-runs';
import { createArtefactMaker, type StoredArtefacts } from '../installer/artefact-maker';
import { createAgentTokens } from './agent-tokens';
import { artefactSite } from './artefact-site';
import { createGenerator } from './create-generator';
import { findShipped } from './find-shipped';
import type { World } from './world';

/** What makes and keeps the artefacts of installations. */
export function createArtefacts(world: World): StoredArtefacts {
  const { settings, domain, database, store } = world;
  const site = artefactSite(settings);
  const controller = settings.CONTROLLER_MANIFESTS ? { controller: { template: readFileSync(findShipped('deploy/controller/controller.yaml'), 'utf8'), tokenOf: createAgentTokens(world) } } : {};
  return createArtefactMaker({ store, runs: createArtefactRuns(database.db), generator: createGenerator(settings), site, settings: domain, newId: randomUUID, ...controller });
}
