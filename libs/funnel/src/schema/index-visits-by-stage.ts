import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every question asks whether an object ever stood in a removed stage: without this the rare ones cost a full scan. */
export class IndexVisitsByStage1795830000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX stage_visit_stage ON funnel_v1.stage_visit (bucket, portal_id, pipeline_id, stage_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX funnel_v1.stage_visit_stage');
  }
}
