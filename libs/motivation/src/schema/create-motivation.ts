import { registerFirstGeneration } from '@funnelwatch/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { pointsIndexes, pointsTables, pointsViewNames, pointsViews } from '../points/read-model/points-tables.js';

/** The points ledger, and schemes. */
class CreateMotivation1796300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'CREATE SCHEMA IF NOT EXISTS read',
      'CREATE SCHEMA motivation_v1',
      ...pointsTables('motivation_v1'),
      ...pointsIndexes('motivation_v1'),
      ...pointsViews('read', 'motivation_v1'),
      registerFirstGeneration('motivation', 'motivation_v1', 'motivation_v1'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of [...pointsViewNames].reverse()) await runner.query(`DROP VIEW read.${view}`);
    await runner.query('DROP SCHEMA motivation_v1 CASCADE');
    await runner.query(`DELETE FROM log.projection_version WHERE projection = 'motivation'`);
  }
}

/** Migrations of motivation, in order; they need those of the event log. */
export const motivationMigrations = [CreateMotivation1796300000001];
