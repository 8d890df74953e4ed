import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Read models as they were known at earlier positions. Tables of a snapshot are in `travel_<id>`, the views that readers
 * ask in `travel_<id>_read`; programs make and drop both only through the functions, which need no right on the database.
 */
export class CreateTimeTravel1795800000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA travel;

      CREATE TABLE travel.snapshot (
        id                 bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        read_model         text        NOT NULL,
        definition_version text        NOT NULL,
        bucket             int         NOT NULL,
        portal_id          uuid        NOT NULL,
        "position"         bigint      NOT NULL,
        status             text        NOT NULL DEFAULT 'building' CHECK (status IN ('building', 'ready')),
        done               bigint      NOT NULL DEFAULT 0,
        made_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
        used_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
        beat_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (read_model, definition_version, portal_id, "position")
      ) WITH (fillfactor = 50);
      COMMENT ON COLUMN travel.snapshot.done IS 'Position through which a snapshot that is building was filled.';
      COMMENT ON COLUMN travel.snapshot.beat_at IS 'Last sign of life of the program that fills it.';

      CREATE FUNCTION travel.create_schemas(snapshot bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM travel.snapshot known WHERE known.id = create_schemas.snapshot AND status = 'building') THEN
          RAISE EXCEPTION 'there is no snapshot % to be filled', snapshot USING ERRCODE = '3F000';
        END IF;
        EXECUTE format('CREATE SCHEMA travel_%s', snapshot);
        EXECUTE format('CREATE SCHEMA travel_%s_read', snapshot);
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA travel_%s, travel_%s_read TO %I', snapshot, snapshot, session_user);
      END $$;

      CREATE FUNCTION travel.drop_snapshot(snapshot bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        -- The row first, as whoever fills the snapshot holds it before the tables.
        DELETE FROM travel.snapshot known WHERE known.id = drop_snapshot.snapshot;
        EXECUTE format('DROP SCHEMA IF EXISTS travel_%s_read CASCADE', snapshot);
        EXECUTE format('DROP SCHEMA IF EXISTS travel_%s CASCADE', snapshot);
      END $$;

      REVOKE ALL ON FUNCTION travel.create_schemas(bigint), travel.drop_snapshot(bigint) FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT travel.drop_snapshot(id) FROM travel.snapshot;
      DROP SCHEMA travel CASCADE;
    `);
  }
}
