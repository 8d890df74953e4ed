import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workers that are alive and the buckets they hold, for operations. */
export class CreateWorkerView1795800000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW read.ops_worker AS
        SELECT member.group_name, member.holder AS worker, lease.bucket, lease.epoch
          FROM log.member
          LEFT JOIN log.lease
            ON lease.group_name = member.group_name AND lease.holder = member.holder
           AND lease.expires_at > clock_timestamp()
         WHERE member.expires_at > clock_timestamp();
      COMMENT ON VIEW read.ops_worker IS 'One row per bucket a worker holds; one without bucket for a worker that holds none.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW read.ops_worker');
  }
}
