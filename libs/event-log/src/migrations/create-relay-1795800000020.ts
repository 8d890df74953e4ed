import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the relay needs beyond leases and checkpoints, and what operations see of it. */
export class CreateRelay1795800000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log.incarnation (
        id         uuid        NOT NULL DEFAULT gen_random_uuid(),
        since      timestamptz NOT NULL DEFAULT clock_timestamp(),
        is_current boolean     PRIMARY KEY DEFAULT true CHECK (is_current)
      );
      COMMENT ON TABLE log.incarnation IS
        'Names this life of the log. A restored log gets another name: copies of what it has forgotten are not its own.';
      INSERT INTO log.incarnation DEFAULT VALUES;

      CREATE VIEW read.ops_relay AS
        SELECT bucket, head, "position", events, seconds, updated_at FROM read.ops_lag WHERE projection = 'relay';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW read.ops_relay; DROP TABLE log.incarnation');
  }
}
