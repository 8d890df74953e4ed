import type { Pool } from 'pg';

/** Empties the schema `log` between specs, past the trigger that refuses it. */
export async function emptyEventLog(pool: Pool): Promise<void> {
  await pool.query(`
    ALTER TABLE log.event DISABLE TRIGGER USER;
    TRUNCATE log.event, log.counter, log.verification, log.lease, log.member, log.checkpoint, log.quarantine;
    ALTER TABLE log.event ENABLE TRIGGER USER;
  `);
}
