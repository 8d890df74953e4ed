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

/** Everything that the product's database had before dashboards. */
export const migrationsBeforeReporting: readonly MigrationClass[] = [
  ...eventLogMigrations,
  ...portalsMigrations,
  ...captureMigrations,
  ...funnelMigrations,
  ...curationMigrations,
  ...planMigrations,
  ...motivationMigrations,
  ...identityMigrations,
  ...writeBackMigrations,
];

/** Everything that the product's database has. */
export const productMigrations: readonly MigrationClass[] = [...migrationsBeforeReporting, ...reportingMigrations];
