import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works on which bucket, and how far each projection is. */
export class CreateLeases1795800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log.member (
        group_name text        NOT NULL,
        holder     text        NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (group_name, holder)
      );

      CREATE TABLE log.lease (
        group_name text        NOT NULL,
        bucket     int         NOT NULL,
        holder     text,
        epoch      bigint      NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL DEFAULT '-infinity',
        PRIMARY KEY (group_name, bucket)
      ) WITH (fillfactor = 50);

      CREATE TABLE log.checkpoint (
        projection text        NOT NULL,
        bucket     int         NOT NULL,
        "position" bigint      NOT NULL DEFAULT 0,
        epoch      bigint      NOT NULL DEFAULT 0,
        status     text        NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'stopped')),
        stopped_at bigint,
        error_code text,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (projection, bucket)
      ) WITH (fillfactor = 50);
      COMMENT ON COLUMN log.checkpoint.stopped_at IS 'Position of the event that could not be applied, null while running.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE log.checkpoint, log.lease, log.member');
  }
}
