export {
  type ConnectionState,
  PortalRegistry,
  type PortalStatus,
  type RegisteredPortal,
  type Registration,
} from './portal-registry.js';
export { portalsMigrations } from './portals-migrations.js';
