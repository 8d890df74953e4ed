/** Roles of people. `integrator` and `operations` are usually held for the whole installation, the others for a portal. */
export const roles = ['integrator', 'operations', 'curator', 'head', 'seller', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Rights that concern no single portal. They come only from a role held for the whole installation. */
export const installationPermissions = [
  'portals.register',
  'accounts.manage',
  'operations.read',
  'operations.act',
  'audit.readAll',
] as const;
export type InstallationPermission = (typeof installationPermissions)[number];

/** Rights within one portal. */
export const portalPermissions = [
  'portal.read',
  'portal.manage',
  'figures.read',
  'records.read',
  'personal.read',
  'configuration.change',
  'people.read',
  'people.manage',
  'audit.read',
  'cases.read',
  'cases.judge',
  'rules.read',
  'rules.manage',
  'quality.read',
  'audits.score',
  'plans.read',
  'plans.manage',
  'plans.sign',
  'pay.read',
  'pay.manage',
  'pay.sign',
] as const;
export type PortalPermission = (typeof portalPermissions)[number];

export type Permission = InstallationPermission | PortalPermission;

/** `all` of the portal, or only what the person is responsible for. */
export type Extent = 'all' | 'own';

/**
 * Who may do what; what is not named is refused. The guards of the API, the navigation of the console and docs/roles.md
 * are made from this table.
 */
export const policy: Record<Role, Partial<Record<Permission, Extent>>> = {
  integrator: {
    'portals.register': 'all',
    'accounts.manage': 'all',
    'operations.read': 'all',
    'operations.act': 'all',
    'audit.readAll': 'all',
    'portal.read': 'all',
    'portal.manage': 'all',
    'figures.read': 'all',
    'records.read': 'all',
    'personal.read': 'all',
    'configuration.change': 'all',
    'people.read': 'all',
    'people.manage': 'all',
    'audit.read': 'all',
    'cases.read': 'all',
    'cases.judge': 'all',
    'rules.read': 'all',
    'rules.manage': 'all',
    'quality.read': 'all',
    'audits.score': 'all',
    'plans.read': 'all',
    'plans.manage': 'all',
    'pay.read': 'all',
    'pay.manage': 'all',
  },
  operations: {
    'operations.read': 'all',
    'operations.act': 'all',
    'portal.read': 'all',
  },
  curator: {
    'portal.read': 'all',
    'figures.read': 'all',
    'records.read': 'all',
    'personal.read': 'all',
    'people.read': 'all',
    'cases.read': 'all',
    'cases.judge': 'all',
    'rules.read': 'all',
    'quality.read': 'own',
    'audits.score': 'all',
    'plans.read': 'all',
  },
  head: {
    'portal.read': 'all',
    'figures.read': 'all',
    'records.read': 'all',
    'personal.read': 'all',
    'configuration.change': 'all',
    'people.read': 'all',
    'people.manage': 'all',
    'audit.read': 'all',
    'cases.read': 'all',
    'cases.judge': 'all',
    'rules.read': 'all',
    'quality.read': 'all',
    'plans.read': 'all',
    'plans.manage': 'all',
    'pay.read': 'all',
    'pay.manage': 'all',
  },
  seller: {
    'portal.read': 'all',
    'figures.read': 'own',
    'records.read': 'own',
    'personal.read': 'own',
    'cases.read': 'own',
    'plans.read': 'own',
    'plans.sign': 'own',
    'pay.read': 'own',
    'pay.sign': 'own',
  },
  viewer: {
    'portal.read': 'all',
    'figures.read': 'all',
    'records.read': 'all',
    'plans.read': 'all',
  },
};

/** Roles that the holder of `people.manage` may give and take; the integrator gives all of them. */
export const grantableRoles: Partial<Record<Role, readonly Role[]>> = {
  integrator: roles,
  head: ['curator', 'seller', 'viewer'],
};

/** Roles that may be held for one portal by invitation; those of the installation are given apart. */
export const portalRoles = ['curator', 'head', 'seller', 'viewer'] as const satisfies readonly Role[];
export type PortalRole = (typeof portalRoles)[number];

export const installationRoles = ['integrator', 'operations'] as const satisfies readonly Role[];
export type InstallationRole = (typeof installationRoles)[number];

export const isInstallationPermission = (permission: Permission): permission is InstallationPermission =>
  (installationPermissions as readonly Permission[]).includes(permission);
