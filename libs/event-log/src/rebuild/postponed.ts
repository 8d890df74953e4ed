/** A switch cannot happen now; nothing was changed by it. */
export class Postponed extends Error {
  override readonly name = 'Postponed';
}
