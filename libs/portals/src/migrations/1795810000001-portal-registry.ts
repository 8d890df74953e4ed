import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PortalRegistry1795810000001 implements MigrationInterface {
  readonly name = 'PortalRegistry1795810000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS registry;
      CREATE TABLE registry.portal (
        portal_id          uuid PRIMARY KEY,
        bucket             int NOT NULL CHECK (bucket >= 0),
        host               text NOT NULL UNIQUE,
        origin             text NOT NULL,
        member_id          text UNIQUE,
        name               text NOT NULL,
        zone               text NOT NULL DEFAULT 'Europe/Moscow',
        currency           text,
        language           text NOT NULL DEFAULT 'ru',
        status             text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'removed')),
        connection_state   text NOT NULL DEFAULT 'connecting'
                           CHECK (connection_state IN ('connecting', 'connected', 'failed')),
        connection_code    text,
        connection_message text,
        connection_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
        credentials        bytea NOT NULL,
        created_at         timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX portal_by_bucket ON registry.portal (bucket);
      COMMENT ON COLUMN registry.portal.credentials IS
        'Webhook address, AES-256-GCM under the master key, bound to portal_id';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA registry CASCADE');
  }
}
