import { captureMigrations } from '@funnelwatch/capture';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { portalsMigrations } from '@funnelwatch/portals';
import { pendingMigrations } from '@funnelwatch/postgres';

/** Throws `DATABASE_NOT_PREPARED` when the schema that ingest works with is missing or older than this program. */
export async function refuseUnpreparedDatabase(url: string): Promise<void> {
  const migrations = [...eventLogMigrations, ...portalsMigrations, ...captureMigrations];
  const pending = await pendingMigrations({ url, migrations, applicationName: 'funnelwatch-ingest' });
  if (pending.length === 0) return;
  throw new Rejection(
    'DATABASE_NOT_PREPARED',
    `The database is not prepared for this version (${pending.length} migrations are missing). Run "npx funnelwatch migrate", or start everything with "npm start".`,
    { details: { pending: pending.length } },
  );
}
