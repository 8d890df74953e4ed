import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that a projection set aside, what operations see of them, and how far every projection is behind. */
export class CreateQuarantine1795800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log.quarantine (
        id                 bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
        projection         text        NOT NULL,
        bucket             int         NOT NULL,
        "position"         bigint      NOT NULL,
        portal_id          uuid        NOT NULL,
        stream_id          text        NOT NULL,
        event_id           uuid        NOT NULL,
        event_type         text        NOT NULL,
        schema_version     int         NOT NULL,
        status             text        NOT NULL CHECK (status IN ('poison', 'queued')),
        reason_code        text,
        error_class        text,
        attempts           int         NOT NULL DEFAULT 0,
        first_failed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_failed_at     timestamptz,
        retry_requested_at timestamptz,
        CONSTRAINT quarantine_position PRIMARY KEY (projection, bucket, "position"),
        CONSTRAINT quarantine_id UNIQUE (id),
        CONSTRAINT quarantine_poison_has_reason CHECK (status = 'queued' OR reason_code IS NOT NULL)
      );
      COMMENT ON TABLE log.quarantine IS
        'Events a projection could not apply (poison) and the later ones of the same stream that wait behind (queued). Ids and codes only, never data.';
      COMMENT ON COLUMN log.quarantine.first_failed_at IS 'When the event failed first, or was queued behind one that had.';

      CREATE INDEX quarantine_stream ON log.quarantine (projection, bucket, portal_id, stream_id, "position");
      CREATE INDEX quarantine_retry ON log.quarantine (projection, bucket) WHERE retry_requested_at IS NOT NULL;

      CREATE SCHEMA IF NOT EXISTS read;

      CREATE VIEW read.ops_quarantine AS
        SELECT id, projection, bucket, "position", portal_id, stream_id, event_id, event_type, schema_version, status,
               reason_code, error_class, attempts, first_failed_at, last_failed_at, retry_requested_at,
               greatest(extract(epoch FROM clock_timestamp() - first_failed_at), 0)::float8 AS age_seconds
          FROM log.quarantine;

      CREATE VIEW read.ops_lag AS
        SELECT known.projection, place.bucket,
               coalesce(counter."position", 0) AS head,
               coalesce(checkpoint."position", 0) AS "position",
               greatest(coalesce(counter."position", 0) - coalesce(checkpoint."position", 0), 0) AS events,
               greatest(coalesce(extract(epoch FROM clock_timestamp() - oldest.recorded_at), 0), 0)::float8 AS seconds,
               coalesce(checkpoint.status, 'running') AS status,
               checkpoint.stopped_at, checkpoint.error_code, checkpoint.updated_at
          FROM (SELECT DISTINCT projection FROM log.checkpoint) AS known
         CROSS JOIN (SELECT bucket FROM log.counter UNION SELECT bucket FROM log.checkpoint) AS place
          LEFT JOIN log.counter ON counter.bucket = place.bucket
          LEFT JOIN log.checkpoint ON checkpoint.projection = known.projection AND checkpoint.bucket = place.bucket
          LEFT JOIN log.event oldest
            ON oldest.bucket = place.bucket AND oldest."position" = coalesce(checkpoint."position", 0) + 1
         WHERE coalesce(counter."position", 0) > 0 OR coalesce(checkpoint."position", 0) > 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW read.ops_lag, read.ops_quarantine; DROP TABLE log.quarantine');
  }
}
