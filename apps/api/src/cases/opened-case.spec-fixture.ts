import { randomUUID } from 'node:crypto';
import { type CaseEvent, type CaseOpenedData, caseStream } from '@funnelwatch/curation';
import { type EventLog, eventIdOf, type PortalAddress } from '@funnelwatch/event-log';
import type { JsonObject } from '@funnelwatch/kernel';

/** Whom a case is about, when everything on the record was done by one person. */
export const everythingBy = (userId: string, head: string | null = null): CaseOpenedData['people'] => ({
  doer: userId,
  owner: userId,
  creator: userId,
  assignee: null,
  editor: userId,
  head,
  responsible: userId,
});

/** Opens a case as the rules engine does: L01 about a lead of user 4, unless told otherwise. */
export async function openCase(
  log: EventLog,
  portal: PortalAddress,
  told: Partial<CaseOpenedData> = {},
): Promise<string> {
  const caseId = told.caseId ?? randomUUID();
  const startAt = told.startAt ?? '2026-03-02T07:00:00.000Z';
  await tellOfCase(log, portal, caseId, [
    {
      type: 'CaseOpened',
      data: {
        caseId,
        ruleId: 'L01',
        ruleVersion: 1,
        severity: 'S1',
        mode: 'active',
        subject: 'deal:1',
        about: 'deal:1',
        startAt,
        startEventId: randomUUID(),
        opensAt: startAt,
        dueAt: '2026-03-02T11:00:00.000Z',
        people: everythingBy('4'),
        items: [],
        evidence: {},
        parameters: {},
        asAt: 1,
        regressedFrom: null,
        ...told,
      },
    },
  ]);
  return caseId;
}

/** Appends what happened to a case, at the instant given. */
export async function tellOfCase(
  log: EventLog,
  portal: PortalAddress,
  caseId: string,
  events: readonly CaseEvent[],
  occurredAt = '2026-03-02T08:00:00.000Z',
): Promise<void> {
  const streamId = caseStream(caseId);
  await log.append(portal, [
    {
      streamId,
      expected: 'any',
      events: events.map(({ type, data }) => ({
        eventId: eventIdOf(occurredAt, `${caseId} ${type} ${randomUUID()}`),
        streamId,
        type,
        schemaVersion: 1,
        occurredAt,
        actor: 'system',
        provenance: 'observed',
        data: { caseId, ...data } as unknown as JsonObject,
      })),
    },
  ]);
}

/** Opens a coaching of user 4 about rule L01, as the curator does. */
export async function openCoaching(
  log: EventLog,
  portal: PortalAddress,
  caseIds: readonly string[],
  person = '4',
): Promise<string> {
  const coachingId = randomUUID();
  const streamId = `coaching:${coachingId}`;
  const occurredAt = '2026-03-20T08:00:00.000Z';
  const data = { coachingId, person, ruleId: 'L01', caseIds: [...caseIds], since: occurredAt };
  await log.append(portal, [
    {
      streamId,
      expected: 'any',
      events: [
        {
          ...{ eventId: eventIdOf(occurredAt, coachingId), streamId, type: 'CoachingOpened', schemaVersion: 1 },
          ...{ occurredAt, actor: 'system', provenance: 'observed', data },
        },
      ],
    },
  ]);
  return coachingId;
}
