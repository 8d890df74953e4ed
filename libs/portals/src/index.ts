export { refuseOtherKey } from './master-key/refuse-other-key.js';
export { rotateMasterKey, type RotationReport } from './master-key/rotate-master-key.js';
export type { PortalStatus, RegisteredPortal } from './portal-row.js';
export { type ConnectionState, PortalRegistry, type PortalSettings, type Registration } from './portal-registry.js';
export { portalsMigrations } from './portals-migrations.js';
export type { WorkingHours } from './working-hours.js';
