import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { basePack, type CaseOpenedData, caseStream } from '@funnelwatch/curation';
import { eventIdOf, PostgresEventLog } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';

const FIRST_DEAL = 700_000;

/** Opens cases of a rule as the judge does, one for each of these: the user whom it is about, and in how many minutes it is due. */
export async function openCases(
  dataFolder: string,
  portal: { portalId: string; bucket: number },
  ruleId: string,
  wanted: readonly { userId: string; dueInMinutes: number }[],
): Promise<void> {
  const { databaseUrl } = JSON.parse(await readFile(join(dataFolder, 'connection.json'), 'utf8')) as {
    databaseUrl: string;
  };
  const rule = basePack.rules.find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(`There is no rule ${ruleId}`);
  const now = new Date();
  const at = now.toISOString();
  const groups = wanted.map(({ userId, dueInMinutes }, number) => {
    const caseId = randomUUID();
    const about = `deal:${FIRST_DEAL + number}`;
    const eventId = eventIdOf(at, `${portal.portalId} ${caseId}`);
    const data: CaseOpenedData = {
      ...{ caseId, ruleId, ruleVersion: rule.version, severity: rule.severity, mode: 'active' },
      ...{ subject: about, about, startAt: at, startEventId: eventId, opensAt: at },
      dueAt: new Date(now.getTime() + dueInMinutes * 60_000).toISOString(),
      people: {
        ...{ doer: userId, owner: userId, creator: userId, responsible: userId },
        ...{ assignee: null, editor: null, head: null },
      },
      ...{ items: [], evidence: {}, parameters: {}, asAt: 0, regressedFrom: null },
    };
    const event: NewEvent = {
      ...{ eventId, streamId: caseStream(caseId), type: 'CaseOpened', schemaVersion: 1, occurredAt: at },
      ...{ actor: 'system', provenance: 'observed', data: data as unknown as JsonObject },
    };
    return { streamId: event.streamId, expected: 'any' as const, events: [event] };
  });
  const pool = createPool({ url: databaseUrl, applicationName: 'e2e', max: 1 });
  try {
    const log = new PostgresEventLog(pool);
    for (let from = 0; from < groups.length; from += 300) await log.append(portal, groups.slice(from, from + 300));
    await log.close();
  } finally {
    await pool.end();
  }
}
