import { isInstallationPermission } from '@funnelwatch/identity-contracts';
import type { Permission } from '@funnelwatch/identity-contracts';
import type { Me } from '../api/schema.js';

/** Whether somebody may do something: in the portal, or for a right of the whole installation anywhere. */
export function may(me: Me | undefined, permission: Permission, portalId?: string): boolean {
  if (me === undefined) return false;
  if (isInstallationPermission(permission)) return me.installation.permissions.includes(permission);
  return portalOf(me, portalId)?.permissions.includes(permission) ?? false;
}

/** What somebody may do in a portal; undefined where they have no role. */
export function portalOf(me: Me | undefined, portalId: string | undefined): Me['portals'][number] | undefined {
  return me?.portals.find((portal) => portal.portalId === portalId);
}

/** Users of the portal whose figures alone somebody sees; null for everybody's. */
export function ownUsersIn(me: Me | undefined, portalId: string): readonly string[] | null {
  return portalOf(me, portalId)?.ownUserIds ?? null;
}

/** Whether nobody has given the person any role yet, or all were taken away. */
export function hasNoRole(me: Me): boolean {
  return me.portals.length === 0 && me.installation.roles.length === 0;
}
