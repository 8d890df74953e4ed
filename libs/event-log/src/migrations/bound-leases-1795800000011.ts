import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A lease says how long it was given for, so that one which ends later than that is known to come from another time. */
export class BoundLeases1795800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE log.lease ADD COLUMN lease_ms int;
      ALTER TABLE log.member ADD COLUMN lease_ms int;
      COMMENT ON COLUMN log.lease.lease_ms IS 'What it was given for; one that ends later from now was given before the clock of the server went back.';

      CREATE FUNCTION log.is_held(expires_at timestamptz, lease_ms int) RETURNS boolean LANGUAGE sql VOLATILE AS $$
        SELECT expires_at > clock_timestamp()
           AND expires_at <= clock_timestamp() + coalesce(lease_ms, 10000) * interval '1 ms'
      $$;
      COMMENT ON FUNCTION log.is_held IS 'Whether a lease or membership counts by the clock of the server, even when that was set back.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION log.is_held;
      ALTER TABLE log.member DROP COLUMN lease_ms;
      ALTER TABLE log.lease DROP COLUMN lease_ms;
    `);
  }
}
