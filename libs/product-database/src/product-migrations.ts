import { captureMigrations } from '@funnelwatch/capture';
import { curationMigrations } from '@funnelwatch/curation';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { identityMigrations } from '@funnelwatch/identity';
import { motivationMigrations } from '@funnelwatch/motivation';
import { planMigrations } from '@funnelwatch/plan';
import { portalsMigrations } from '@funnelwatch/portals';
import type { MigrationClass } from '@funnelwatch/postgres';
import { reportingMigrations } from '@funnelwatch/reporting';
import { writeBackMigrations } from '@funnelwatch/write-back';

/** Every migration of the product's database, whichever library owns the tables; they run in the order of their times. */
export const productMigrations: readonly MigrationClass[] = [
  ...eventLogMigrations,
  ...portalsMigrations,
  ...captureMigrations,
  ...funnelMigrations,
  ...curationMigrations,
  ...planMigrations,
  ...motivationMigrations,
  ...identityMigrations,
  ...writeBackMigrations,
  ...reportingMigrations,
];
