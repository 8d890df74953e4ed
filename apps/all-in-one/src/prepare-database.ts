import { captureMigrations } from '@funnelwatch/capture';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { portalsMigrations } from '@funnelwatch/portals';
import { migrate } from '@funnelwatch/postgres';

/** Brings the schema up to this program's version. Throws `DATABASE_NEWER_THAN_PROGRAM` when it is ahead already. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  await migrate({
    url: databaseUrl,
    migrations: [...eventLogMigrations, ...portalsMigrations, ...captureMigrations, ...funnelMigrations],
  });
}
