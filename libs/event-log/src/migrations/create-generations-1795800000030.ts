import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Generations of a read model: each has tables of its own, one serves. Programs make, drop and switch them only through
 * the functions, which need no right on the database or on the views.
 */
export class CreateGenerations1795800000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log.projection_version (
        projection         text        NOT NULL,
        generation         int         NOT NULL CHECK (generation > 0),
        schema_name        text        NOT NULL UNIQUE,
        definition_version text        NOT NULL,
        state              text        NOT NULL CHECK (state IN ('building', 'serving', 'retired', 'failed', 'dropped')),
        events_per_second  int         CHECK (events_per_second > 0),
        requested_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
        switched_at        timestamptz,
        postponed          text,
        failure            text,
        PRIMARY KEY (projection, generation)
      );
      CREATE UNIQUE INDEX projection_version_serving ON log.projection_version (projection) WHERE state = 'serving';
      CREATE UNIQUE INDEX projection_version_building ON log.projection_version (projection) WHERE state = 'building';
      COMMENT ON COLUMN log.projection_version.events_per_second IS 'Most events a second while it is built; null: as fast as it goes.';
      COMMENT ON COLUMN log.projection_version.postponed IS 'Why the last attempt to switch was put off.';
      COMMENT ON COLUMN log.projection_version.failure IS 'How its rows differed from those that serve.';

      CREATE FUNCTION log.create_generation(of_projection text, definition text, most_events_per_second int) RETURNS int
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        serving log.projection_version;
        made int;
        made_schema text;
        known record;
        granted record;
      BEGIN
        SELECT * INTO serving FROM log.projection_version WHERE projection = of_projection AND state = 'serving' FOR UPDATE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'there is no read model %', of_projection USING ERRCODE = 'P0002';
        END IF;
        SELECT max(generation) + 1 INTO made FROM log.projection_version WHERE projection = of_projection;
        made_schema := regexp_replace(serving.schema_name, '_v\\d+$', '') || '_v' || made;
        INSERT INTO log.projection_version (projection, generation, schema_name, definition_version, state, events_per_second)
        VALUES (of_projection, made, made_schema, definition, 'building', most_events_per_second);
        EXECUTE format('CREATE SCHEMA %I', made_schema);
        FOR granted IN SELECT grantee, privilege_type FROM pg_namespace, aclexplode(nspacl) WHERE nspname = serving.schema_name
        LOOP
          EXECUTE format('GRANT %s ON SCHEMA %I TO %s', granted.privilege_type, made_schema,
                         CASE granted.grantee WHEN 0 THEN 'PUBLIC' ELSE granted.grantee::regrole::text END);
        END LOOP;
        FOR known IN SELECT oid, relname, relacl FROM pg_class
                      WHERE relnamespace = serving.schema_name::regnamespace AND relkind = 'r' ORDER BY relname
        LOOP
          EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL)', made_schema, known.relname,
                         serving.schema_name, known.relname);
          FOR granted IN SELECT grantee, privilege_type FROM aclexplode(known.relacl) LOOP
            EXECUTE format('GRANT %s ON %I.%I TO %s', granted.privilege_type, made_schema, known.relname,
                           CASE granted.grantee WHEN 0 THEN 'PUBLIC' ELSE granted.grantee::regrole::text END);
          END LOOP;
        END LOOP;
        RETURN made;
      END $$;

      CREATE FUNCTION log.drop_generation(of_projection text, dropped int) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        gone text;
        slot text := of_projection || '@' || dropped;
      BEGIN
        UPDATE log.projection_version SET state = 'dropped'
         WHERE projection = of_projection AND generation = dropped AND state IN ('building', 'retired', 'failed')
        RETURNING schema_name INTO gone;
        IF gone IS NULL THEN RETURN false; END IF;
        EXECUTE format('DROP SCHEMA %I CASCADE', gone);
        DELETE FROM log.checkpoint WHERE projection = slot;
        DELETE FROM log.quarantine WHERE projection = slot;
        DELETE FROM log.lease WHERE group_name = slot;
        DELETE FROM log.member WHERE group_name = slot;
        RETURN true;
      END $$;

      CREATE FUNCTION log.repoint_views(old_schema text, new_schema text) RETURNS int
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        known record;
        repointed int := 0;
      BEGIN
        IF NOT EXISTS (SELECT FROM log.projection_version WHERE schema_name = old_schema)
          OR NOT EXISTS (SELECT FROM log.projection_version WHERE schema_name = new_schema) THEN
          RAISE EXCEPTION 'only between generations' USING ERRCODE = '42501';
        END IF;
        FOR known IN
          SELECT DISTINCT reader.oid, space.nspname, reader.relname, reader.reloptions, pg_get_viewdef(reader.oid) AS definition
            FROM pg_depend depend
            JOIN pg_rewrite rule ON rule.oid = depend.objid
            JOIN pg_class reader ON reader.oid = rule.ev_class AND reader.relkind = 'v'
            JOIN pg_namespace space ON space.oid = reader.relnamespace
            JOIN pg_class source ON source.oid = depend.refobjid AND source.oid <> reader.oid
           WHERE depend.classid = 'pg_rewrite'::regclass AND depend.refclassid = 'pg_class'::regclass
             AND source.relnamespace = old_schema::regnamespace
           ORDER BY space.nspname, reader.relname
        LOOP
          EXECUTE format('CREATE OR REPLACE VIEW %I.%I %s AS %s', known.nspname, known.relname,
                         coalesce('WITH (' || array_to_string(known.reloptions, ', ') || ')', ''),
                         regexp_replace(known.definition, '\\m' || old_schema || '\\.', new_schema || '.', 'g'));
          repointed := repointed + 1;
        END LOOP;
        RETURN repointed;
      END $$;
      REVOKE ALL ON FUNCTION log.create_generation(text, text, int), log.drop_generation(text, int),
        log.repoint_views(text, text) FROM PUBLIC;

      CREATE VIEW read.ops_rebuild AS
        SELECT version.projection, version.generation, version.state, version.schema_name, version.definition_version,
               version.events_per_second AS most_events_per_second, version.requested_at, version.switched_at,
               version.postponed, version.failure, progress.done, progress.total,
               progress.done / nullif(extract(epoch FROM clock_timestamp() - version.requested_at), 0)::float8 AS events_per_second,
               CASE WHEN progress.done > 0
                    THEN (progress.total - progress.done) * extract(epoch FROM clock_timestamp() - version.requested_at)::float8
                         / progress.done
               END AS seconds_left
          FROM log.projection_version version
         CROSS JOIN LATERAL (
               SELECT coalesce((SELECT sum("position") FROM log.counter), 0)::float8 AS total,
                      coalesce((SELECT sum("position") FROM log.checkpoint
                                 WHERE projection = CASE version.state WHEN 'serving' THEN version.projection
                                                    ELSE version.projection || '@' || version.generation END), 0)::float8 AS done
             ) AS progress
         WHERE version.state <> 'dropped';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW read.ops_rebuild;
      DROP FUNCTION log.create_generation(text, text, int), log.drop_generation(text, int), log.repoint_views(text, text);
      DROP TABLE log.projection_version;
    `);
  }
}
