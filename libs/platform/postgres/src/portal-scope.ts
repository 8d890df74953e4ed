import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose rows work may touch: those of the portals named by id, or of all; an empty list is nobody's. */
export type PortalScope = 'all' | readonly string[];

interface Holder {
  scope: PortalScope;
  /** Of a request, whose scope is known only once it was looked at. */
  readonly isOpen: boolean;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const holders = new AsyncLocalStorage<Holder>();

/**
 * Runs `work`, and whatever it starts, within a scope; the innermost one counts. Pools made with `scoped` tell it to the
 * database, others pay no regard to it. Timers and promises keep the scope in which they were made: what many requests
 * share states its own. Throws `TypeError` for what is no id.
 */
export function inScope<Result>(scope: PortalScope, work: () => Result): Result {
  return holders.run({ scope: checked(scope), isOpen: false }, work);
}

/** Runs `work`, a request, with the scope of nobody until `setScope` tells another one. */
export function beginScope<Result>(work: () => Result): Result {
  return holders.run({ scope: [], isOpen: true }, work);
}

/** From now on the request that `beginScope` began has this scope. Throws outside of one, and `TypeError` for what is no id. */
export function setScope(scope: PortalScope): void {
  const holder = holders.getStore();
  if (!holder?.isOpen) throw new Error('There is no request whose scope could be set');
  holder.scope = checked(scope);
}

/** The scope of the caller; nobody's where none was stated. */
export const currentScope = (): PortalScope => holders.getStore()?.scope ?? [];

/** The scope as the value of the setting that policies read: nothing but digits, small letters, `-` and `,`. */
export function scopeSetting(scope: PortalScope = currentScope()): string {
  return scope === 'all' ? scope : scope.join(',');
}

function checked(scope: PortalScope): PortalScope {
  if (scope === 'all') return scope;
  for (const portalId of scope) if (!UUID.test(portalId)) throw new TypeError('A portal is named by a UUID');
  return scope.map((portalId) => portalId.toLowerCase());
}
