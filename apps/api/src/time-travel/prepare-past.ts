import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PortalDirectory } from '../portals/portal-directory.js';
import { PreparePastQuery } from './prepare-past.query.js';
import { Scopes } from './scopes.js';
import type { PastKnowledge } from './time-travel.schemas.js';

@QueryHandler(PreparePastQuery)
export class PreparePast implements IQueryHandler<PreparePastQuery> {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly scopes: Scopes,
  ) {}

  async execute({ portalId, asAt }: PreparePastQuery): Promise<PastKnowledge> {
    const portal = await this.portals.get(portalId);
    const travelled = await this.scopes.prepare(portal, asAt);
    return {
      state: travelled.state,
      position: `${portal.bucket}:${travelled.position}`,
      knownAt: travelled.knownAt.toISOString(),
      done: travelled.state === 'ready' ? travelled.position : travelled.done,
      total: travelled.position,
    };
  }
}
