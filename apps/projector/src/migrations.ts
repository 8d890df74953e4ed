import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { motivationMigrations } from '@funnelwatch/motivation';
import { planMigrations } from '@funnelwatch/plan';

/** Every migration whose tables this app works with. */
export const migrations = [...eventLogMigrations, ...funnelMigrations, ...planMigrations, ...motivationMigrations];
