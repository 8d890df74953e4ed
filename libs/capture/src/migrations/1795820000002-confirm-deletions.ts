import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person may say that a mass disappearance is real. */
export class ConfirmDeletions1795820000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture.visibility_loss ADD confirmed_missing int');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture.visibility_loss DROP confirmed_missing');
  }
}
