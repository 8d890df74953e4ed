import type { MigrationInterface, QueryRunner } from 'typeorm';
import { casesByDecision, casesByStart } from './curation-tables.js';
import { generationsOfCuration } from './generations-of-curation.js';

/** A chart of what was opened and decided reads a period; generations that were made in the meantime get what they lack. */
export class IndexCasesByDecision1796480000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { schema } of await generationsOfCuration(runner)) {
      for (const statement of [...casesByStart(schema), ...casesByDecision(schema)]) {
        await runner.query(statement.replace('CREATE INDEX', 'CREATE INDEX IF NOT EXISTS'));
      }
      await runner.query(`DROP INDEX IF EXISTS ${schema}.violation_case_person`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { schema } of await generationsOfCuration(runner)) {
      await runner.query(`DROP INDEX ${schema}.violation_case_recorded, ${schema}.violation_case_decided`);
    }
  }
}
