import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerCase } from '@funnelwatch/curation';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';

/** Lets an employee disagree with a case, as the workplace of theirs would tell. */
export async function disagree(
  dataFolder: string,
  portal: { portalId: string; bucket: number },
  caseId: string,
  userId: string,
): Promise<void> {
  const { databaseUrl } = JSON.parse(await readFile(join(dataFolder, 'connection.json'), 'utf8')) as {
    databaseUrl: string;
  };
  const pool = createPool({ url: databaseUrl, applicationName: 'e2e', max: 1 });
  try {
    await answerCase({ log: new PostgresEventLog(pool), clock: systemClock }, portal, caseId, 'disagree', userId);
  } finally {
    await pool.end();
  }
}
