import type { NewEvent } from '@funnelwatch/kernel';
import { eventIdOf } from '../event-id.js';
import type { AppendGroup, PortalAddress } from '../port.js';

export const portalA: PortalAddress = { portalId: '11111111-1111-4111-8111-111111111111', bucket: 3 };
export const portalB: PortalAddress = { portalId: '22222222-2222-4222-8222-222222222222', bucket: 3 };
export const portalC: PortalAddress = { portalId: '33333333-3333-4333-8333-333333333333', bucket: 7 };

/** An event that is the same whenever it is made with the same arguments. */
export function eventOf(streamId: string, identity: string, overrides: Partial<NewEvent> = {}): NewEvent {
  const occurredAt = '2026-03-02T09:15:00.000Z';
  return {
    eventId: eventIdOf(occurredAt, `${streamId}/${identity}`),
    streamId,
    type: 'DealChanged',
    schemaVersion: 1,
    occurredAt,
    actor: 'user:4',
    provenance: 'observed',
    data: { identity, amount: '15000000', note: 'ё "quoted" \\ and \u0001' },
    ...overrides,
  };
}

export const groupOf = (streamId: string, expected: AppendGroup['expected'], ...identities: string[]): AppendGroup => ({
  streamId,
  expected,
  events: identities.map((identity) => eventOf(streamId, identity)),
});
