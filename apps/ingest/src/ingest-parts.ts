import type { CaptureDependencies } from '@funnelwatch/capture';
import type { Logger } from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import type { PortalClients } from './portal-clients.js';

/** What main.ts puts together. */
export interface IngestParts {
  /** False where this process only relays the log. */
  isCapturing: boolean;
  registry: PortalRegistry;
  clients: PortalClients;
  capture: Omit<CaptureDependencies, 'openClient' | 'reportConnection' | 'pace'>;
  mostLagEvents: number;
  logger: Logger;
}

export const ingestParts = Symbol('IngestParts');
