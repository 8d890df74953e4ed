import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Schemas in which a part of a read model is made anew, to replace what serves or to be compared with it. Programs make
 * and drop them only through the functions, which need no right on the database. A schema belongs to the connection that
 * made it: when that is gone, the next one to be made drops it.
 */
export class CreateScratch1795800000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log.scratch (
        id         int         PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        projection text        NOT NULL,
        made_at    timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      COMMENT ON TABLE log.scratch IS 'Schemas scratch_<id> in use; whoever uses one holds an advisory lock.';

      CREATE FUNCTION log.drop_scratch(dropped int) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        of_projection text;
      BEGIN
        IF NOT pg_try_advisory_xact_lock(1795800031, dropped) THEN RETURN false; END IF;
        DELETE FROM log.scratch WHERE id = dropped RETURNING projection INTO of_projection;
        IF NOT FOUND THEN RETURN false; END IF;
        EXECUTE format('DROP SCHEMA IF EXISTS scratch_%s CASCADE', dropped);
        DELETE FROM log.quarantine WHERE projection = of_projection || '@scratch_' || dropped;
        RETURN true;
      END $$;

      CREATE FUNCTION log.create_scratch(of_projection text) RETURNS int
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        made int;
      BEGIN
        -- Those whose connection is gone.
        PERFORM log.drop_scratch(id) FROM log.scratch;
        INSERT INTO log.scratch (projection) VALUES (of_projection) RETURNING id INTO made;
        PERFORM pg_advisory_lock(1795800031, made);
        EXECUTE format('CREATE SCHEMA scratch_%s', made);
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA scratch_%s TO %I', made, session_user);
        RETURN made;
      END $$;

      REVOKE ALL ON FUNCTION log.create_scratch(text), log.drop_scratch(int) FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT log.drop_scratch(id) FROM log.scratch;
      DROP FUNCTION log.create_scratch(text), log.drop_scratch(int);
      DROP TABLE log.scratch;
    `);
  }
}
