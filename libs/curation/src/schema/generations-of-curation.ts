import type { QueryRunner } from 'typeorm';

/** The generations of the read model of curation that have tables, and which of them is read. */
export async function generationsOfCuration(runner: QueryRunner): Promise<{ schema: string; isServing: boolean }[]> {
  return (await runner.query(
    `SELECT schema_name AS schema, state = 'serving' AS "isServing" FROM log.projection_version
      WHERE projection = 'curation' AND state <> 'dropped' ORDER BY schema_name`,
  )) as { schema: string; isServing: boolean }[];
}
