import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { waitForPosition } from '@funnelwatch/event-log';
import type { Request, Response } from 'express';
import { Reflector } from '@nestjs/core';
import pg from 'pg';
import type { Observable } from 'rxjs';
import { portalParams } from '../portals/portals.schemas.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { parsePosition, positionInBucket } from './log-position.js';
import { projectionName } from './projected-positions.js';
import { readsFromKey } from './reads-from.decorator.js';

const longestWaitMs = 500;

/**
 * Reads with `minPosition` wait up to 500 ms for the read models. If they are still behind the answer is given as it
 * is, marked `x-behind: true`: a page that shows slightly old figures and says so serves a person better than an error.
 */
@Injectable()
export class MinPositionInterceptor implements NestInterceptor {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly pool: pg.Pool,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const { minPosition } = request.query;
    const params = portalParams.safeParse({ portalId: request.params['portalId'] });
    // What is malformed is refused by the schemas of the route, which run after this.
    if (typeof minPosition === 'string' && parsePosition(minPosition) && params.success) {
      const { bucket } = await this.portals.get(params.data.portalId);
      const position = positionInBucket(minPosition, bucket);
      const isThere = await waitForPosition(this.pool, this.readModelOf(context), bucket, position, longestWaitMs);
      if (!isThere) {
        context.switchToHttp().getResponse<Response>().setHeader('x-behind', 'true');
      }
    }
    return next.handle();
  }

  private readModelOf(context: ExecutionContext): string {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<string | undefined>(readsFromKey, targets) ?? projectionName;
  }
}
