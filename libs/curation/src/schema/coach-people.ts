import type { MigrationInterface, QueryRunner } from 'typeorm';
import { curationViews, laterIndexes, laterTables, laterViewNames } from './curation-tables.js';
import { generationsOfCuration } from './generations-of-curation.js';

/** Coachings and clean weeks, in every generation of the read model that there is: none of their events is older. */
export class CoachPeople1795840000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { schema } of await generationsOfCuration(runner)) {
      for (const statement of [...laterTables(schema), ...laterIndexes(schema)]) await runner.query(statement);
    }
    const serving = (await generationsOfCuration(runner)).find(({ isServing }) => isServing);
    if (!serving) return;
    for (const statement of curationViews('read', serving.schema, laterViewNames)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of laterViewNames) await runner.query(`DROP VIEW read.${view}`);
    for (const { schema } of await generationsOfCuration(runner)) {
      for (const table of laterViewNames) await runner.query(`DROP TABLE ${schema}.${table}`);
    }
  }
}
