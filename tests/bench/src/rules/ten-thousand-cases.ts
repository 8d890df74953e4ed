import { randomUUID } from 'node:crypto';
import { basePack, type CaseOpenedData, caseStream } from '@funnelwatch/curation';
import { eventIdOf, type EventLog } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';

const BATCH = 500;
const RULES = ['D08', 'F02', 'D05', 'L03', 'K05'];
const FIRST_DEAL = 9_000_000;
const SELLERS = 20;

/** Opens cases of five rules about sellers 1 to 20 of a portal, as the judge says them, due seller by seller. */
export async function openCases(
  log: EventLog,
  portal: { portalId: string; bucket: number },
  count: number,
): Promise<void> {
  const now = new Date();
  for (let from = 0; from < count; from += BATCH) {
    const groups = Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => {
      const event = caseOpened(portal.portalId, from + place, count, now);
      return { streamId: event.streamId, expected: 'any' as const, events: [event] };
    });
    await log.append(portal, groups);
  }
}

function caseOpened(portalId: string, number: number, count: number, now: Date): NewEvent {
  const caseId = randomUUID();
  const rule = basePack.rules.find(
    ({ id }) => id === RULES[Math.floor((number * RULES.length * SELLERS) / count) % RULES.length],
  );
  if (!rule) throw new Error('The base pack lacks a rule of the bench');
  const seller = String(1 + Math.floor((number * SELLERS) / count));
  const at = now.toISOString();
  const deal = `deal:${FIRST_DEAL + number}`;
  const eventId = eventIdOf(at, `${portalId} ${caseId}`);
  const data: CaseOpenedData = {
    ...{ caseId, ruleId: rule.id, ruleVersion: rule.version, severity: rule.severity, mode: 'active' },
    ...{ subject: deal, about: deal, startAt: at, startEventId: eventId, opensAt: at },
    dueAt: new Date(now.getTime() + (60 + number) * 60_000).toISOString(),
    people: {
      doer: seller,
      owner: seller,
      creator: seller,
      assignee: null,
      editor: null,
      head: null,
      responsible: seller,
    },
    ...{ items: [], evidence: {}, parameters: {}, asAt: 0, regressedFrom: null },
  };
  return {
    ...{ eventId, streamId: caseStream(caseId), type: 'CaseOpened', schemaVersion: 1, occurredAt: at },
    ...{ actor: 'system', provenance: 'observed', data: data as unknown as JsonObject },
  };
}
