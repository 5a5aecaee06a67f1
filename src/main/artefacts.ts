import { randomUUID } from 'node:crypto';
import { createArtefactRuns } from '../db/artefact-runs';
import { createArtefactMaker, type StoredArtefacts } from '../installer/artefact-maker';
import { artefactSite } from './artefact-site';
import { createGenerator } from './create-generator';
import type { World } from './world';

/** What makes and keeps the artefacts of installations. */
export function createArtefacts({ settings, domain, database, store }: World): StoredArtefacts {
  const site = artefactSite(settings);
  return createArtefactMaker({ store, runs: createArtefactRuns(database.db), generator: createGenerator(settings), site, settings: domain, newId: randomUUID });
}
