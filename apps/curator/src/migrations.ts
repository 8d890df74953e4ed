import { curationMigrations } from '@funnelwatch/curation';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { portalsMigrations } from '@funnelwatch/portals';
import { writeBackMigrations } from '@funnelwatch/write-back';

/** Every migration whose tables this app works with. */
export const migrations = [...eventLogMigrations, ...portalsMigrations, ...curationMigrations, ...writeBackMigrations];
