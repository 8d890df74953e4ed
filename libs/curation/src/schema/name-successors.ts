import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An episode says into what its record was merged, and by what version and parameters of its rule it was told. */
export class NameSuccessors1795840000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE judge.episode ADD void_into text, ADD judged_by text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE judge.episode DROP void_into, DROP judged_by');
  }
}
