import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys live in their own schema, so that a role can be kept from them and a dump can leave them out. */
export class CreateKeyRing1795800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA keys;

      CREATE TABLE keys.subject_key (
        bucket       int         NOT NULL,
        portal_id    uuid        NOT NULL,
        subject      text        NOT NULL,
        wrapped      bytea,
        created_at   timestamptz NOT NULL DEFAULT now(),
        destroyed_at timestamptz,
        PRIMARY KEY (bucket, portal_id, subject),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      );
      COMMENT ON COLUMN keys.subject_key.wrapped IS 'The key of one data subject, encrypted with the master key.';

      CREATE TABLE keys.match_key (
        bucket     int         NOT NULL,
        portal_id  uuid        NOT NULL,
        wrapped    bytea       NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, portal_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA keys CASCADE');
  }
}
