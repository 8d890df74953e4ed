import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures of a period count the cases that began in it, and repeats those of a person and rule: neither walks all cases. */
export class IndexCasesByStart1796400000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const schema of await generations(runner)) {
      await runner.query(
        `CREATE INDEX violation_case_started ON ${schema}.violation_case (bucket, portal_id, started_at)`,
      );
      await runner.query(
        `CREATE INDEX violation_case_repeated ON ${schema}.violation_case (bucket, portal_id, responsible, rule_id, started_at)`,
      );
      await runner.query(`DROP INDEX ${schema}.violation_case_person`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const schema of await generations(runner)) {
      await runner.query(`DROP INDEX ${schema}.violation_case_started, ${schema}.violation_case_repeated`);
      await runner.query(
        `CREATE INDEX violation_case_person ON ${schema}.violation_case (bucket, portal_id, responsible, rule_id)`,
      );
    }
  }
}

async function generations(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    `SELECT schema_name FROM log.projection_version WHERE projection = 'curation' AND state <> 'dropped'`,
  )) as { schema_name: string }[];
  return rows.map(({ schema_name: schema }) => schema);
}
