import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the rule of a backtest applies; everywhere where nothing is said. */
export class AddBacktestScope1796000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE desk.backtest ADD COLUMN scope json NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE desk.backtest DROP COLUMN scope');
  }
}
