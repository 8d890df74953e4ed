import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which stretch of the history a backtest looks at; both empty for everything. */
export class AddBacktestPeriod1795890000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE desk.backtest ADD COLUMN from_day date, ADD COLUMN to_day date');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE desk.backtest DROP COLUMN from_day, DROP COLUMN to_day');
  }
}
