import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';

type TimeLineOrder = 'newest' | 'oldest';

/** Where a page of the time line ended. */
export interface TimeLinePlace {
  occurredAt: string;
  position: number;
}

export interface TimeLinePage {
  order: TimeLineOrder;
  after: TimeLinePlace | null;
  /** ISO 8601 UTC with milliseconds: what happened later is left out. */
  through: string | null;
  /** What was recorded at a later position is left out. */
  knownThrough: number | null;
  limit: number;
}

interface Entry extends TimeLinePlace {
  version: number;
}

/**
 * Events of one stream in the order of the CRM's time, which is not the order in which we learnt of them. Plain SQL
 * through `pg` finds the versions of the page, the log then reads them.
 */
export class TimeLines {
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
  ) {}

  async page(
    portal: PortalAddress,
    streamId: string,
    page: TimeLinePage,
  ): Promise<{ events: StoredEvent[]; next: TimeLinePlace | null }> {
    const found = await this.find(portal, streamId, { ...page, limit: page.limit + 1 });
    const entries = found.slice(0, page.limit);
    const events = await this.read(portal, streamId, entries);
    const last = entries.at(-1);
    const next = found.length > page.limit && last ? { occurredAt: last.occurredAt, position: last.position } : null;
    return { events, next };
  }

  private async find(portal: PortalAddress, streamId: string, page: TimeLinePage): Promise<Entry[]> {
    const [direction, comparison] = page.order === 'newest' ? ['DESC', '<'] : ['ASC', '>'];
    const { rows } = await this.pool.query<Entry>(
      `SELECT version, "position", body->>'occurredAt' AS "occurredAt"
         FROM log.event
        WHERE bucket = $1 AND portal_id = $2 AND stream_id = $3
          AND ($7::text IS NULL OR body->>'occurredAt' <= $7)
          AND ($8::bigint IS NULL OR "position" <= $8)
          AND ($4::text IS NULL OR (body->>'occurredAt', "position") ${comparison} ($4, $5::bigint))
        ORDER BY body->>'occurredAt' ${direction}, "position" ${direction}
        LIMIT $6`,
      [
        portal.bucket,
        portal.portalId,
        streamId,
        page.after?.occurredAt ?? null,
        page.after?.position ?? null,
        page.limit,
        page.through,
        page.knownThrough,
      ],
    );
    return rows;
  }

  /** Reads runs of neighbouring versions at once and puts the events into the order of the entries. */
  private async read(portal: PortalAddress, streamId: string, entries: Entry[]): Promise<StoredEvent[]> {
    const byVersion = new Map<number, StoredEvent>();
    for (const run of runsOf(entries.map(({ version }) => version))) {
      const events = await this.log.readStream(portal, streamId, { fromVersion: run.first, limit: run.length });
      for (const event of events) byVersion.set(event.version, event);
    }
    return entries.flatMap(({ version }) => byVersion.get(version) ?? []);
  }
}

/** Runs of consecutive numbers: 7, 5, 6, 1 → 1 to 1, 5 to 7. */
export function runsOf(numbers: readonly number[]): { first: number; length: number }[] {
  const runs: { first: number; length: number }[] = [];
  for (const number of [...new Set(numbers)].sort((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run && run.first + run.length === number) run.length += 1;
    else runs.push({ first: number, length: 1 });
  }
  return runs;
}
