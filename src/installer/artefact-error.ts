/** Artefacts that cannot be made out of what was given; trying again with the same does not help. Quotes no secret. */
export class ArtefactError extends Error {
  override readonly name = 'ArtefactError';
}
