export {
  type Extent,
  grantableRoles,
  type InstallationPermission,
  installationPermissions,
  type InstallationRole,
  installationRoles,
  isInstallationPermission,
  type Permission,
  policy,
  type PortalPermission,
  portalPermissions,
  type PortalRole,
  portalRoles,
  type Role,
  roles,
} from './policy.js';
export { type Grant, grantOf, type HeldRole, personalGrantOf, reachablePortals } from './held-roles.js';
