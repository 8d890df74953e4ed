import { randomUUID } from 'node:crypto';
import { factType } from '@funnelwatch/capture-contracts';
import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';

const STAGES = ['NEW', 'MEETING', 'PROPOSAL', 'WON'];
export const EVENTS_OF_DEAL = 10;
const DEALS_OF_BATCH = 40;
const FIRST_DAY_MS = Date.parse('2026-01-01T06:00:00Z');

const pipeline = {
  pipelineId: 'deal:0',
  name: 'Продажи',
  sort: 10,
  isDefault: true,
  stages: STAGES.map((stageId, index) => ({
    stageId,
    name: stageId,
    sort: (index + 1) * 10,
    semantics: stageId === 'WON' ? 'S' : 'P',
    color: null,
  })),
};

/** Portals whose deals go through the funnel, ten events each, written as capture writes them. */
export class FunnelLog {
  private readonly portals: PortalAddress[];
  private deals = 0;

  constructor(
    private readonly log: EventLog,
    portals: number,
  ) {
    this.portals = Array.from({ length: portals }, (_, bucket) => ({ portalId: randomUUID(), bucket }));
  }

  async configure(): Promise<void> {
    for (const portal of this.portals) {
      const data = { kind: 'deal', pipelines: [pipeline] };
      await this.append(portal, [fact(portal, 'pipelines:deal', 'PipelinesConfigured', FIRST_DAY_MS, data)]);
    }
  }

  /** Appends until the log holds the events of so many deals. */
  async growTo(deals: number): Promise<void> {
    while (this.deals < deals) {
      const batches = this.portals.map(async (portal) => {
        const events: NewEvent[] = [];
        for (let deal = 0; deal < DEALS_OF_BATCH && this.deals < deals; deal += 1) {
          events.push(...lifeOf(portal, (this.deals += 1)));
        }
        if (events.length > 0) await this.append(portal, events);
      });
      await Promise.all(batches);
    }
  }

  private async append(portal: PortalAddress, events: NewEvent[]): Promise<void> {
    const streams = Map.groupBy(events, (event) => event.streamId);
    const groups = [...streams].map(([streamId, ofStream]) => ({
      streamId,
      expected: 'any' as const,
      events: ofStream,
    }));
    await this.log.append(portal, groups, { duplicates: 'skip' });
  }
}

/** Appears, enters four stages, and is changed five times on the way. */
function lifeOf(portal: PortalAddress, number: number): NewEvent[] {
  const id = String(number);
  const streamId = `deal:${id}`;
  const bornMs = FIRST_DAY_MS + (number % 300) * 86_400_000 + (number % 36_000) * 1_000;
  const at = (step: number): number => bornMs + step * 3_600_000;
  const owner = (step: number): string => String(1 + ((number + step) % 12));
  const appeared = {
    kind: 'deal',
    id,
    fields: {
      createdAt: new Date(bornMs).toISOString(),
      modifiedAt: new Date(bornMs).toISOString(),
      ownerId: owner(0),
      amountKopecks: String(100_000 + number),
      currency: 'RUB',
    },
    extra: {},
    derived: {},
  };
  const events = [fact(portal, streamId, factType('deal', 'Appeared'), bornMs, appeared)];
  STAGES.forEach((stageId, index) => {
    const moved = {
      kind: 'deal',
      id,
      moveId: `${id}-${index}`,
      pipelineId: 'deal:0',
      stageId,
      semantics: stageId === 'WON' ? 'S' : 'P',
      order: number * 10 + index,
      entry: index === 0 ? 'created' : 'moved',
    };
    events.push(fact(portal, streamId, factType('deal', 'StageMoved'), at(index * 20), moved));
  });
  for (let step = 1; events.length < EVENTS_OF_DEAL; step += 1) {
    const changes = {
      amountKopecks: { before: String(100_000 + number + step - 1), after: String(100_000 + number + step) },
      ownerId: { before: owner(step - 1), after: owner(step) },
    };
    const changed = { kind: 'deal', id, changes, extra: {}, sealedChanged: [], derived: {} };
    events.push(fact(portal, streamId, factType('deal', 'Changed'), at(step * 15), changed));
  }
  return events;
}

let serial = 0;

function fact(portal: PortalAddress, streamId: string, type: string, atMs: number, data: JsonObject): NewEvent {
  const occurredAt = new Date(atMs).toISOString();
  return {
    eventId: eventIdOf(occurredAt, `${portal.portalId} ${streamId} ${(serial += 1)}`),
    streamId,
    type,
    schemaVersion: 1,
    occurredAt,
    actor: 'user:4',
    provenance: 'backfilled',
    data,
  };
}
