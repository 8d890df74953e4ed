import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A new generation samples no column that the one it copies does not: `LIKE` does not take that over. */
export class KeepSampling1795800000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION log.create_generation(text, text, int) RENAME TO create_generation_tables;

      CREATE FUNCTION log.create_generation(of_projection text, definition text, most_events_per_second int) RETURNS int
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        made int := log.create_generation_tables(of_projection, definition, most_events_per_second);
        made_schema text := (SELECT schema_name FROM log.projection_version
                              WHERE projection = of_projection AND generation = made);
        known record;
      BEGIN
        FOR known IN SELECT relname, attname, attstattarget FROM log.projection_version
                       JOIN pg_class ON relnamespace = to_regnamespace(quote_ident(schema_name)) AND relkind = 'r'
                       JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                      WHERE projection = of_projection AND state = 'serving' AND attstattarget >= 0
        LOOP
          EXECUTE format('ALTER TABLE %I.%I ALTER %I SET STATISTICS %s', made_schema, known.relname, known.attname,
                         known.attstattarget);
        END LOOP;
        RETURN made;
      END $$;
      REVOKE ALL ON FUNCTION log.create_generation(text, text, int), log.create_generation_tables(text, text, int) FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION log.create_generation(text, text, int);
      ALTER FUNCTION log.create_generation_tables(text, text, int) RENAME TO create_generation;
    `);
  }
}
