import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = ['name', 'second_name', 'last_name'] as const;

/**
 * The server keeps samples of what a column holds for its planner: an erased name would live on among them. Nothing is
 * ever searched by names.
 */
export const noStatisticsOfNames = (schema: string): string =>
  `ALTER TABLE ${schema}.person ${columns.map((column) => `ALTER ${column} SET STATISTICS 0`).join(', ')}`;

/** Takes away the samples that were kept before. */
export const clearStatisticsOfNames = (schema: string): string =>
  `SELECT ${columns.map((column) => `pg_clear_attribute_stats('${schema}', 'person', '${column}', false)`).join(', ')}`;

export class NoStatisticsOfNames1795830000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const schema of await generations(runner)) await runner.query(noStatisticsOfNames(schema));
  }

  async down(runner: QueryRunner): Promise<void> {
    const defaults = columns.map((column) => `ALTER ${column} SET STATISTICS DEFAULT`).join(', ');
    for (const schema of await generations(runner)) await runner.query(`ALTER TABLE ${schema}.person ${defaults}`);
  }
}

async function generations(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    `SELECT schema_name FROM log.projection_version WHERE projection = 'funnel' AND state <> 'dropped'`,
  )) as { schema_name: string }[];
  return rows.map(({ schema_name: schema }) => schema);
}
