import type { PortalCapture, Signal } from '../api/schema.js';

/** What every panel with a line for each portal is given. */
export type WatchedPortals = {
  /** Undefined while they are being read. */
  portals: readonly PortalCapture[] | undefined;
  /** Those that are raised. */
  signals: readonly Signal[];
};
