import type { MigrationInterface, QueryRunner } from 'typeorm';
import { casesByPerson, casesByStart } from './curation-tables.js';
import { generationsOfCuration } from './generations-of-curation.js';

/** Figures of a period count the cases that began in it, and repeats those of a person and rule: neither walks all cases. */
export class IndexCasesByStart1796400000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { schema } of await generationsOfCuration(runner)) {
      for (const statement of casesByStart(schema)) await runner.query(statement);
      await runner.query(`DROP INDEX ${schema}.violation_case_person`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { schema } of await generationsOfCuration(runner)) {
      await runner.query(`DROP INDEX ${schema}.violation_case_started, ${schema}.violation_case_repeated`);
      await runner.query(casesByPerson(schema));
    }
  }
}
