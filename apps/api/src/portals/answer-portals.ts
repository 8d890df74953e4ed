import { type ICommandHandler, CommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { reachablePortals } from '@funnelwatch/identity-contracts';
import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { currentAccess, noteForAudit } from '../access/request-access.js';
import { readCaptureState } from './capture-state.js';
import { PortalDirectory } from './portal-directory.js';
import { PortalProber } from './portal-prober.js';
import { portalView } from './portal-view.js';
import type { PortalView } from './portals.schemas.js';
import { ProjectedStates } from './projected-state.js';
import { RegisterPortalCommand } from './register-portal.command.js';
import { ListPortalsQuery, ShowPortalQuery } from './show-portals.query.js';

@Injectable()
export class PortalViews {
  constructor(
    private readonly pool: pg.Pool,
    private readonly projected: ProjectedStates,
  ) {}

  async of(portal: RegisteredPortal): Promise<PortalView> {
    const [capture, projected] = await Promise.all([
      readCaptureState(this.pool, portal.portalId),
      this.projected.of(portal),
    ]);
    return portalView(portal, capture, projected);
  }
}

@QueryHandler(ListPortalsQuery)
export class AnswerPortals implements IQueryHandler<ListPortalsQuery> {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly views: PortalViews,
  ) {}

  async execute(): Promise<{ items: PortalView[] }> {
    const items: PortalView[] = [];
    const reachable = reachablePortals(currentAccess().held, 'portal.read');
    const isReachable = ({ portalId }: RegisteredPortal) => reachable === 'all' || reachable.includes(portalId);
    // One after the other: a list of many portals must not take every connection of the pool.
    for (const portal of (await this.portals.list()).filter(isReachable)) items.push(await this.views.of(portal));
    return { items };
  }
}

@QueryHandler(ShowPortalQuery)
export class AnswerPortal implements IQueryHandler<ShowPortalQuery> {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly views: PortalViews,
  ) {}

  async execute({ portalId }: ShowPortalQuery): Promise<PortalView> {
    return this.views.of(await this.portals.get(portalId));
  }
}

@CommandHandler(RegisterPortalCommand)
export class RegisterPortal implements ICommandHandler<RegisterPortalCommand> {
  constructor(
    private readonly registry: PortalRegistry,
    private readonly prober: PortalProber,
    private readonly views: PortalViews,
  ) {}

  async execute({ body }: RegisterPortalCommand): Promise<PortalView> {
    await this.prober.probe(body.webhookUrl);
    const portal = await this.registry.register(body);
    noteForAudit({ portalId: portal.portalId });
    return this.views.of(portal);
  }
}
