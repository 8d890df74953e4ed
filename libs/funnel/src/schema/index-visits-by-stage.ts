import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every question asks whether an object ever stood in a removed stage: without this the rare ones cost a full scan. */
export class IndexVisitsByStage1795830000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(visitsByStage('funnel_v1'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX funnel_v1.stage_visit_stage');
  }
}

/** Index for the question whether anything ever stood in a stage. */
export const visitsByStage = (schema: string): string =>
  `CREATE INDEX stage_visit_stage ON ${schema}.stage_visit (bucket, portal_id, pipeline_id, stage_id)`;
