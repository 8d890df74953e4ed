import { captureMigrations } from '@funnelwatch/capture';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import { portalsMigrations } from '@funnelwatch/portals';
import { type MigrationClass, pendingMigrations } from '@funnelwatch/postgres';

/** Every migration whose tables the API reads. */
export const apiMigrations: readonly MigrationClass[] = [
  ...eventLogMigrations,
  ...portalsMigrations,
  ...captureMigrations,
  ...funnelMigrations,
];

/** Throws `Rejection` DATABASE_NOT_PREPARED: the API reads tables, it does not make them. */
export async function refuseUnpreparedDatabase(url: string): Promise<void> {
  const pending = await pendingMigrations({ url, migrations: apiMigrations });
  if (pending.length === 0) return;
  throw new Rejection(
    'DATABASE_NOT_PREPARED',
    `The database lacks ${pending.length} migrations of this version. Run \`funnelwatch migrate\`, then start again.`,
    { details: { pending: pending.length } },
  );
}
