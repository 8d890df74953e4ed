export type { PortalStatus, RegisteredPortal } from './portal-row.js';
export { type ConnectionState, PortalRegistry, type PortalSettings, type Registration } from './portal-registry.js';
export { portalsMigrations } from './portals-migrations.js';
export type { WorkingHours } from './working-hours.js';
