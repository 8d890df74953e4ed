import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { roleOf } from '../privileges.js';
import { isPassing } from '../passing-error.js';

/** Two commands about readers of one database go one after the other. */
const ADVISORY_LOCK = 7_312_009_004;
const ATTEMPTS = 20;

/** Runs `work` with a connection of its own. Throws `READERS_NOT_ALLOWED` where the login may not do what is asked. */
export async function withReaderSession<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'funnelwatch-readers',
    options: '-c lock_timeout=5s',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } catch (error) {
    throw translated(error);
  } finally {
    await client.end();
  }
}

/**
 * A transaction that no other command about readers of this database runs beside; tried again when another database of
 * the server was in the way. Throws `DATABASE_NOT_PREPARED` without roles.
 */
export async function inReaderTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
      await refuseUnprepared(client);
      const result = await work();
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

async function refuseUnprepared(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isPrepared: boolean }>(
    `SELECT to_regrole($1) IS NOT NULL AND to_regclass('registry.reader_role') IS NOT NULL AS "isPrepared"`,
    [roleOf('read')],
  );
  if (rows[0]?.isPrepared) return;
  throw new Rejection('DATABASE_NOT_PREPARED', 'The database is not prepared yet. Run: funnelwatch migrate');
}

function translated(error: unknown): unknown {
  // A right is missing, or transactions of this login only read.
  if (!(error instanceof pg.DatabaseError) || !['42501', '25006'].includes(error.code ?? '')) return error;
  return new Rejection(
    'READERS_NOT_ALLOWED',
    'This login may not make or remove logins of readers. Take the owner of the database, who may create roles.',
    { cause: error },
  );
}
