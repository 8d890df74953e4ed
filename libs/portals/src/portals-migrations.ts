import { PortalRegistry1795810000001 } from './migrations/1795810000001-portal-registry.js';

/** Migrations of the schema `registry`, in order. */
export const portalsMigrations = [PortalRegistry1795810000001];
