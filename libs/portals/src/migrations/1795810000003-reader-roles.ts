import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which portals a login that only reads may see. Dashboards saw all portals before there were walls between them, and go
 * on until an administrator says otherwise.
 */
export class ReaderRoles1795810000003 implements MigrationInterface {
  readonly name = 'ReaderRoles1795810000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registry.reader_role (
        role_name name NOT NULL,
        portal_id uuid,
        UNIQUE NULLS NOT DISTINCT (role_name, portal_id)
      );
      COMMENT ON COLUMN registry.reader_role.role_name IS 'Login in the group funnelwatch_read; one without a row sees nothing.';
      COMMENT ON COLUMN registry.reader_role.portal_id IS 'Null: all portals.';
      INSERT INTO registry.reader_role (role_name) VALUES ('funnelwatch_grafana');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registry.reader_role');
  }
}
