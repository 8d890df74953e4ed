import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import { pendingMigrations } from '@funnelwatch/postgres';

/** Throws `Rejection` DATABASE_NOT_PREPARED: the projector fills tables, it does not make them. */
export async function refuseUnpreparedDatabase(url: string): Promise<void> {
  const pending = await pendingMigrations({ url, migrations: [...eventLogMigrations, ...funnelMigrations] });
  if (pending.length === 0) return;
  throw new Rejection(
    'DATABASE_NOT_PREPARED',
    `The database lacks ${pending.length} migrations of this version. Run \`funnelwatch migrate\`, then start again.`,
    { details: { pending: pending.length } },
  );
}
