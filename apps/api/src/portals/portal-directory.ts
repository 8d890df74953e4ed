import { Injectable } from '@nestjs/common';
import type { FunnelScope } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';

/** The portals one may ask about. */
@Injectable()
export class PortalDirectory {
  constructor(private readonly registry: PortalRegistry) {}

  list(): Promise<RegisteredPortal[]> {
    return this.registry.list();
  }

  /** Throws `Rejection` PORTAL_UNKNOWN. */
  async get(portalId: string): Promise<RegisteredPortal> {
    const portal = await this.registry.get(portalId);
    if (!portal) throw portalUnknown();
    return portal;
  }

  /** What the funnel needs to know of a portal. Throws `Rejection` PORTAL_UNKNOWN. */
  async scopeOf(portalId: string): Promise<FunnelScope> {
    const portal = await this.get(portalId);
    return { portalId: portal.portalId, bucket: portal.bucket, zone: portal.zone, currency: portal.currency };
  }
}

/** Also for a portal that somebody may not know of: nobody can tell the two apart. */
export const portalUnknown = (): Rejection => new Rejection('PORTAL_UNKNOWN', 'No portal with this id is connected.');
