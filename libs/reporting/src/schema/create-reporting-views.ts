import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportingViews } from '../views/index.js';
import { creationOf } from '../views/view.js';

/**
 * Views that dashboards and the page of operations read. A later form of them is a migration that drops the schema
 * `grafana` and these views of `read`, and makes all anew: nothing is kept in them.
 */
export class CreateReportingViews1796400000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA grafana');
    await runner.query(`COMMENT ON SCHEMA grafana IS 'What dashboards may ask; version 1'`);
    for (const view of reportingViews) for (const statement of creationOf(view)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA grafana CASCADE');
    for (const { schema, name } of [...reportingViews].reverse()) {
      if (schema === 'read') await runner.query(`DROP VIEW read.${name}`);
    }
  }
}
