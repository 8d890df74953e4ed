import { type Extent, isInstallationPermission, type Permission, policy, type Role } from './policy.js';

/** A role somebody holds at this moment. */
export interface HeldRole {
  role: Role;
  /** Null for the whole installation. */
  portalId: string | null;
  /** The person's user in the portal; null when the person is not one of its users. */
  portalUserId: string | null;
  /** Whose work is done meanwhile; null for a role of one's own. */
  insteadOf: string | null;
}

/** What a permission comes to for somebody: nothing, all, or what these users of the portal are responsible for. */
export type Grant = { extent: 'none' } | { extent: 'all' } | { extent: 'own'; portalUserIds: string[] };

/**
 * What the held roles allow in a portal; without a portal (null) only roles of the whole installation count. A right of
 * the installation never comes from a role that is held for one portal.
 */
export function grantOf(held: readonly HeldRole[], permission: Permission, portalId: string | null): Grant {
  const fitting = held.filter(
    (one) => one.portalId === null || (one.portalId === portalId && !isInstallationPermission(permission)),
  );
  const extents = fitting.flatMap((one): { extent: Extent; userId: string | null }[] => {
    const extent = policy[one.role][permission];
    return extent === undefined ? [] : [{ extent, userId: one.portalUserId }];
  });
  if (extents.length === 0) return { extent: 'none' };
  if (extents.some(({ extent }) => extent === 'all')) return { extent: 'all' };
  return { extent: 'own', portalUserIds: [...new Set(extents.flatMap(({ userId }) => userId ?? []))] };
}

/**
 * Whose personal data may be opened. Somebody may see all records by one role and open personal data of their own by
 * another: then nothing is opened, as the records shown are not theirs alone.
 */
export function personalGrantOf(held: readonly HeldRole[], portalId: string | null): Grant {
  const personal = grantOf(held, 'personal.read', portalId);
  const isNarrower = personal.extent === 'own' && grantOf(held, 'records.read', portalId).extent === 'all';
  return isNarrower ? { extent: 'none' } : personal;
}

/** Portals in which the roles allow something: all of them, or those named. */
export function reachablePortals(held: readonly HeldRole[], permission: Permission): 'all' | string[] {
  const allowing = held.filter(({ role }) => policy[role][permission] !== undefined);
  if (allowing.some(({ portalId }) => portalId === null)) return 'all';
  if (isInstallationPermission(permission)) return [];
  return [...new Set(allowing.flatMap(({ portalId }) => portalId ?? []))];
}
