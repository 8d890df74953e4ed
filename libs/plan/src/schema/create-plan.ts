import { registerFirstGeneration } from '@funnelwatch/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { planIndexes, planTables, planViewNames, planViews } from '../read-model/plan-tables.js';

/** Plans with their versions, and indicators. */
class CreatePlan1796200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'CREATE SCHEMA IF NOT EXISTS read',
      'CREATE SCHEMA plan_v1',
      ...planTables('plan_v1'),
      ...planIndexes('plan_v1'),
      ...planViews('read', 'plan_v1'),
      registerFirstGeneration('plan', 'plan_v1', 'plan_v1'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of [...planViewNames].reverse()) await runner.query(`DROP VIEW read.${view}`);
    await runner.query('DROP SCHEMA plan_v1 CASCADE');
    await runner.query(`DELETE FROM log.projection_version WHERE projection = 'plan'`);
  }
}

/** Migrations of plans, in order; they need those of the event log. */
export const planMigrations = [CreatePlan1796200000001];
