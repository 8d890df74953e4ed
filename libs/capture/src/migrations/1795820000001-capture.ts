import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Capture1795820000001 implements MigrationInterface {
  readonly name = 'Capture1795820000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS capture;

      -- Who captures a portal now. The epoch fences whoever was paused meanwhile.
      CREATE TABLE capture.lease (
        portal_id  uuid PRIMARY KEY,
        bucket     int NOT NULL,
        holder     text NOT NULL,
        epoch      bigint NOT NULL,
        expires_at timestamptz NOT NULL
      );

      -- The last known state of every captured object: what a diff is made against.
      CREATE TABLE capture.entity_head (
        bucket           int NOT NULL,
        portal_id        uuid NOT NULL,
        kind             text NOT NULL,
        id               text NOT NULL,
        number           bigint,
        version          int NOT NULL,
        state            text NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'deleted', 'merged')),
        content_hash     text NOT NULL,
        content          json NOT NULL,
        personal_hashes  json NOT NULL,
        pipeline_id      text,
        stage_id         text,
        semantics        text,
        moved_at         timestamptz,
        owner_kind       text,
        owner_id         text,
        observed_at      timestamptz NOT NULL,
        observed_request bigint NOT NULL,
        missed_passes    smallint NOT NULL DEFAULT 0,
        PRIMARY KEY (portal_id, kind, id)
      ) WITH (fillfactor = 85);
      CREATE INDEX entity_head_by_number ON capture.entity_head (portal_id, kind, number);
      CREATE INDEX entity_head_by_owner ON capture.entity_head (portal_id, owner_kind, owner_id)
        WHERE owner_id IS NOT NULL;
      COMMENT ON COLUMN capture.entity_head.personal_hashes IS
        'Keyed hash by personal field: tells whether a text changed without keeping it';

      -- Every entry into a stage that was told to the log.
      CREATE TABLE capture.stage_move (
        bucket      int NOT NULL,
        portal_id   uuid NOT NULL,
        kind        text NOT NULL,
        owner_id    text NOT NULL,
        move_id     uuid NOT NULL,
        pipeline_id text NOT NULL,
        stage_id    text NOT NULL,
        semantics   text NOT NULL,
        moved_at    timestamptz NOT NULL,
        ordinal     int NOT NULL,
        row_id      bigint NOT NULL,
        state       text NOT NULL CHECK (state IN ('recorded', 'reconstructed', 'withdrawn')),
        PRIMARY KEY (portal_id, kind, owner_id, move_id)
      );

      -- Reading that a fact made necessary and that must survive a crash.
      CREATE TABLE capture.follow_up (
        bucket    int NOT NULL,
        portal_id uuid NOT NULL,
        work      text NOT NULL CHECK (work IN ('stage-history', 'product-rows')),
        kind      text NOT NULL,
        id        text NOT NULL,
        since     timestamptz NOT NULL,
        attempts  int NOT NULL DEFAULT 0,
        revision  int NOT NULL DEFAULT 0,
        PRIMARY KEY (portal_id, work, kind, id)
      );

      CREATE TABLE capture.cursor (
        bucket     int NOT NULL,
        portal_id  uuid NOT NULL,
        feed       text NOT NULL,
        position   json NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (portal_id, feed)
      );

      CREATE TABLE capture.backfill_progress (
        bucket      int NOT NULL,
        portal_id   uuid NOT NULL,
        listing     text NOT NULL,
        ordinal     int NOT NULL,
        done        bigint NOT NULL DEFAULT 0,
        total       bigint,
        state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'unavailable')),
        code        text,
        message     text,
        started_at  timestamptz,
        updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz,
        PRIMARY KEY (portal_id, listing)
      );

      -- Pipelines and dictionaries as last told to the log.
      CREATE TABLE capture.configuration (
        bucket    int NOT NULL,
        portal_id uuid NOT NULL,
        name      text NOT NULL,
        version   int NOT NULL,
        digest    text NOT NULL,
        data      json NOT NULL,
        PRIMARY KEY (portal_id, name)
      );

      CREATE TABLE capture.certificate (
        bucket       int NOT NULL,
        portal_id    uuid NOT NULL,
        certified_at timestamptz NOT NULL,
        day          date NOT NULL,
        scope        text NOT NULL,
        expected     json NOT NULL,
        held         json NOT NULL,
        unexplained  int NOT NULL,
        PRIMARY KEY (portal_id, certified_at)
      );

      -- Kinds of which more went missing at once than deletions explain; a row stands as long as it lasts.
      CREATE TABLE capture.visibility_loss (
        bucket    int NOT NULL,
        portal_id uuid NOT NULL,
        kind      text NOT NULL,
        held      int NOT NULL,
        missing   int NOT NULL,
        since     timestamptz NOT NULL,
        PRIMARY KEY (portal_id, kind)
      );

      -- Activities that went from one object to another of its kind: the trace a merge leaves.
      CREATE TABLE capture.rebinding (
        bucket     int NOT NULL,
        portal_id  uuid NOT NULL,
        kind       text NOT NULL,
        from_id    text NOT NULL,
        to_id      text NOT NULL,
        activities int NOT NULL,
        last_at    timestamptz NOT NULL,
        PRIMARY KEY (portal_id, kind, from_id, to_id)
      );

      CREATE TABLE capture.status (
        portal_id    uuid PRIMARY KEY,
        bucket       int NOT NULL,
        phase        text NOT NULL DEFAULT 'waiting'
                     CHECK (phase IN ('waiting', 'configuration', 'backfill', 'live', 'failed')),
        last_tick_at timestamptz,
        portal_time  timestamptz,
        through      json,
        watermark_at timestamptz,
        lag_seconds  double precision,
        limiter      json,
        updated_at   timestamptz NOT NULL DEFAULT clock_timestamp()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA capture CASCADE');
  }
}
