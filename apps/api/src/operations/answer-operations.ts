import { listQuarantine, listRebuilds, readProjectionLag, requestRetry } from '@funnelwatch/event-log';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import pg from 'pg';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import {
  ListQuarantineQuery,
  ListRebuildsQuery,
  RetryQuarantinedCommand,
  ShowLagQuery,
} from './operations.dispatch.js';
import type { LagList, QuarantinePage, RebuildList, RetryView } from './operations.schemas.js';

@QueryHandler(ListQuarantineQuery)
export class AnswerQuarantine implements IQueryHandler<ListQuarantineQuery> {
  constructor(private readonly pool: pg.Pool) {}

  async execute({ filters }: ListQuarantineQuery): Promise<QuarantinePage> {
    const { projection, portalId, limit, cursor } = filters;
    const list = { list: 'quarantine', projection: projection ?? null, portalId: portalId ?? null };
    const afterId = cursor === undefined ? undefined : decodeCursor(list, cursor, z.number().int());
    const events = await listQuarantine(this.pool, { projection, portalId }, { afterId, limit: limit + 1 });
    const page = events.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ bucket, position, firstFailedAt, lastFailedAt, retryRequestedAt, ...event }) => ({
        ...event,
        position: `${bucket}:${position}`,
        firstFailedAt: firstFailedAt.toISOString(),
        lastFailedAt: lastFailedAt?.toISOString() ?? null,
        retryRequestedAt: retryRequestedAt?.toISOString() ?? null,
      })),
      nextCursor: events.length > limit && last ? encodeCursor(list, last.id) : null,
    };
  }
}

@QueryHandler(ShowLagQuery)
export class AnswerLag implements IQueryHandler<ShowLagQuery> {
  constructor(private readonly pool: pg.Pool) {}

  async execute({ filters }: ShowLagQuery): Promise<LagList> {
    return { items: await readProjectionLag(this.pool, filters.projection) };
  }
}

@CommandHandler(RetryQuarantinedCommand)
export class RetryQuarantined implements ICommandHandler<RetryQuarantinedCommand> {
  constructor(private readonly pool: pg.Pool) {}

  execute({ id }: RetryQuarantinedCommand): Promise<RetryView> {
    return requestRetry(this.pool, id);
  }
}

@QueryHandler(ListRebuildsQuery)
export class AnswerRebuilds implements IQueryHandler<ListRebuildsQuery> {
  constructor(private readonly pool: pg.Pool) {}

  async execute({ filters }: ListRebuildsQuery): Promise<RebuildList> {
    const rebuilds = await listRebuilds(this.pool, filters.projection);
    return {
      items: rebuilds.map((rebuild) => ({
        ...rebuild,
        requestedAt: rebuild.requestedAt.toISOString(),
        switchedAt: rebuild.switchedAt?.toISOString() ?? null,
      })),
    };
  }
}
