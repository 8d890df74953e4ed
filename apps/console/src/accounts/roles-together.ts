import { roles as allRoles } from '@funnelwatch/identity-contracts';
import type { Account, Role } from '../api/schema.js';

export type RoleTogether = {
  role: Role;
  /** Held for the whole installation. */
  isEverywhere: boolean;
  /** Names of the portals it is held for, in order; null for a portal that was removed. */
  portals: (string | null)[];
};

/** Draws the roles of an account together by role, the most powerful first. */
export function rolesTogether(held: Account['roles']): RoleTogether[] {
  return allRoles.flatMap((role) => {
    const same = held.filter((each) => each.role === role);
    if (same.length === 0) return [];
    const portals = same.filter(({ portalId }) => portalId !== null).map(({ portalName }) => portalName);
    portals.sort((left, right) => (left ?? '\uffff').localeCompare(right ?? '\uffff', 'ru'));
    return [{ role, isEverywhere: portals.length < same.length, portals }];
  });
}
