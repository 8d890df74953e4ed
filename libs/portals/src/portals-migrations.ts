import { PortalRegistry1795810000001 } from './migrations/1795810000001-portal-registry.js';
import { PortalSettings1795810000002 } from './migrations/1795810000002-portal-settings.js';
import { ReaderRoles1795810000003 } from './migrations/1795810000003-reader-roles.js';

/** Migrations of the schema `registry`, in order. */
export const portalsMigrations = [PortalRegistry1795810000001, PortalSettings1795810000002, ReaderRoles1795810000003];
