import type { MigrationInterface, QueryRunner } from 'typeorm';
import { funnelIndexes, funnelTables, funnelViewNames, funnelViews } from './funnel-tables.js';

/**
 * Read models of the funnel, version 1. Tables live in `funnel_v1`; everything that reads goes through the views in
 * `read`, so that a later version can be built beside this one and take over in one transaction.
 */
export class CreateFunnelReadModels1795830000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'CREATE SCHEMA IF NOT EXISTS read',
      'CREATE SCHEMA funnel_v1',
      ...funnelTables('funnel_v1'),
      ...funnelIndexes('funnel_v1'),
      ...funnelViews('read', 'funnel_v1'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of [...funnelViewNames].reverse()) await runner.query(`DROP VIEW read.${view}`);
    await runner.query('DROP SCHEMA funnel_v1 CASCADE');
  }
}
