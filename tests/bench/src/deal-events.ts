import { randomUUID } from 'node:crypto';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';

/** A change of a deal as capture writes it, about 200 bytes: what both the product and a peer store. */
export const changeOf = (number: number): JsonObject => ({
  changes: {
    amount: { after: String(15_000_000 + number), before: '15000000' },
    assignedById: { after: String(10 + (number % 7)), before: '12' },
    probability: { after: '60', before: '40' },
  },
  entity: 'deal',
  observedAt: '2026-03-02T09:15:00.000Z',
});

let serial = 0;

/** An event of the product with an id of its own. */
export function dealChanged(streamId: string): NewEvent {
  const number = (serial += 1);
  const occurredAt = new Date().toISOString();
  return {
    eventId: eventIdOf(occurredAt, `${streamId}/${run}/${number}`),
    streamId,
    type: 'DealChanged',
    schemaVersion: 1,
    occurredAt,
    actor: 'user:4',
    provenance: 'observed',
    data: changeOf(number),
  };
}

const run = randomUUID();
