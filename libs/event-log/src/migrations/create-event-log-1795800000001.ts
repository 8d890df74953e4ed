import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log itself: events, one counter row per bucket, and what keeps both append-only. */
export class CreateEventLog1795800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA log;

      CREATE TABLE log.event (
        "position"  bigint      NOT NULL CHECK ("position" > 0),
        version     bigint      NOT NULL CHECK (version > 0),
        recorded_at timestamptz NOT NULL,
        bucket      int         NOT NULL CHECK (bucket >= 0),
        portal_id   uuid        NOT NULL,
        event_id    uuid        NOT NULL,
        stream_id   text        NOT NULL,
        body        json        NOT NULL,
        sealed      json,
        digest      bytea       NOT NULL,
        hash        bytea       NOT NULL,
        CONSTRAINT event_position PRIMARY KEY (bucket, "position"),
        CONSTRAINT event_version UNIQUE (bucket, portal_id, stream_id, version),
        CONSTRAINT event_id UNIQUE (bucket, event_id)
      );
      COMMENT ON COLUMN log.event.body IS 'Canonical envelope with data; digest is the SHA-256 of this exact text.';
      COMMENT ON COLUMN log.event.sealed IS 'Encrypted parts by data subject; body.sealedDigest is the SHA-256 of this text.';

      -- The next position of a bucket and the head of its hash chain. Locking the row is what orders its writers.
      CREATE TABLE log.counter (
        bucket     int    PRIMARY KEY,
        "position" bigint NOT NULL DEFAULT 0,
        hash       bytea  NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
      ) WITH (fillfactor = 10);

      CREATE TABLE log.verification (
        bucket      int         PRIMARY KEY,
        "position"  bigint      NOT NULL,
        hash        bytea       NOT NULL,
        verified_at timestamptz NOT NULL
      );
    `);
    // lz4 is several times faster than the default, but a server may be built without it.
    await runner.query(`
      DO $$
      BEGIN
        ALTER TABLE log.event ALTER body SET COMPRESSION lz4, ALTER sealed SET COMPRESSION lz4;
      EXCEPTION WHEN feature_not_supported THEN NULL;
      END $$
    `);
    await runner.query(`
      CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND current_user = 'funnelwatch_erase' THEN
          IF NEW.sealed IS NOT NULL AND NEW.sealed::text IS DISTINCT FROM OLD.sealed::text
            OR NEW.body::text <> OLD.body::text
              AND NEW.body::jsonb <> jsonb_set(OLD.body::jsonb, '{data}', 'null')
            OR (NEW."position", NEW.version, NEW.recorded_at, NEW.bucket, NEW.portal_id, NEW.event_id, NEW.stream_id,
                NEW.digest, NEW.hash)
              IS DISTINCT FROM
               (OLD."position", OLD.version, OLD.recorded_at, OLD.bucket, OLD.portal_id, OLD.event_id, OLD.stream_id,
                OLD.digest, OLD.hash)
          THEN
            RAISE EXCEPTION 'log.event: the role erase may only empty data and sealed' USING ERRCODE = '42501';
          END IF;
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'log.event is append-only: % refused', TG_OP USING ERRCODE = '42501';
      END $$;

      CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON log.event
        FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
      CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON log.event
        FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

      -- What chains event to event. Everything only the database knows is in here; what the author wrote is in digest.
      CREATE FUNCTION log.chain_hash(
        previous bytea, bucket int, "position" bigint, version bigint, recorded_at timestamptz, portal_id uuid, digest bytea
      ) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT sha256(previous || int4send(bucket) || int8send("position") || int8send(version)
                      || timestamptz_send(recorded_at) || uuid_send(portal_id) || digest)
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA log CASCADE');
  }
}
