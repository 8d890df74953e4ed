import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { portalParams } from '../portals/portals.schemas.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { positionInBucket } from '../positions/log-position.js';

/**
 * Refuses a stream of an unknown portal, or from a position that is none, while the answer can still be a problem: once
 * the handler runs, Nest has promised an event stream.
 */
@Injectable()
export class KnownPlaceGuard implements CanActivate {
  constructor(private readonly portals: PortalDirectory) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const params = portalParams.safeParse(request.params);
    // What is malformed is refused by the schema of the route, which runs after this.
    if (!params.success) return true;
    const { bucket } = await this.portals.get(params.data.portalId);
    const lastEventId = request.headers['last-event-id'];
    if (typeof lastEventId === 'string' && lastEventId !== '') positionInBucket(lastEventId, bucket);
    return true;
  }
}
