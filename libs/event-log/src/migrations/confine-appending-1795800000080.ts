import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows enter the log only by the functions that number and chain them: they run with the rights of their owner, so
 * that the roles which call them need none on the tables.
 */
export class ConfineAppending1795800000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of await functions(runner)) {
      await runner.query(`ALTER FUNCTION ${name} SECURITY DEFINER SET search_path = pg_catalog, pg_temp`);
      await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of await functions(runner)) {
      await runner.query(`ALTER FUNCTION ${name} SECURITY INVOKER RESET search_path`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO PUBLIC`);
    }
  }
}

async function functions(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    `SELECT oid::regprocedure::text AS signature FROM pg_proc
      WHERE pronamespace = 'log'::regnamespace AND proname IN ('append_one', 'append_many', 'append_alone') ORDER BY 1`,
  )) as { signature: string }[];
  return rows.map(({ signature }) => signature);
}
