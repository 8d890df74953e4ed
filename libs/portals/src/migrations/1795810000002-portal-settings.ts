import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person sets for a portal, with a number that grows at each change, so that two at once notice each other. */
export class PortalSettings1795810000002 implements MigrationInterface {
  readonly name = 'PortalSettings1795810000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE registry.portal
        ADD settings_version int NOT NULL DEFAULT 1,
        ADD working_hours jsonb NOT NULL DEFAULT '{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "18:00"}';
      COMMENT ON COLUMN registry.portal.settings_version IS 'Grows with every change of the settings by a person';
      COMMENT ON COLUMN registry.portal.working_hours IS
        'ISO days of the week that are worked, and the hours of such a day in the zone of the portal';
      COMMENT ON COLUMN registry.portal.credentials IS
        'Webhook address, AES-256-GCM under the master key, bound to portal_id; empty once the portal was removed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE registry.portal DROP settings_version, DROP working_hours');
  }
}
