import { randomUUID } from 'node:crypto';
import { auditStream } from '@funnelwatch/curation';
import { type EventLog, eventIdOf, type PortalAddress } from '@funnelwatch/event-log';

/** Draws an audit of a deal of user 4, unless told otherwise. */
export async function drawnAudit(
  log: EventLog,
  portal: PortalAddress,
  { seller = '4', about = 'deal:1' }: { seller?: string; about?: string } = {},
): Promise<string> {
  const auditId = randomUUID();
  const streamId = auditStream(auditId);
  const occurredAt = '2026-03-09T00:00:00.000Z';
  const data = {
    ...{ auditId, week: '2026-03-02', seller, kind: 'deal', about, happenedAt: '2026-03-04T09:00:00.000Z' },
    ...{ checklistId: 'deal', checklistVersion: 1 },
  };
  const eventId = eventIdOf(occurredAt, auditId);
  const event = { eventId, streamId, type: 'AuditDrawn', schemaVersion: 1, occurredAt, data };
  await log.append(portal, [
    { streamId, expected: 'none', events: [{ ...event, actor: 'system', provenance: 'observed' }] },
  ]);
  return auditId;
}
