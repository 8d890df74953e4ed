import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each channel brought within each hour. All is judged anew, so that hours before it are known too. */
export class HearChannels1796100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE judge.heard_hour (
         bucket int NOT NULL,
         portal_id uuid NOT NULL,
         -- The channel within the hour, as contributions name it.
         hour text COLLATE "C" NOT NULL,
         channel text COLLATE "C" NOT NULL,
         first_at timestamptz NOT NULL,
         first_event uuid NOT NULL,
         first_position bigint NOT NULL,
         last_at timestamptz NOT NULL,
         last_event uuid NOT NULL,
         last_position bigint NOT NULL,
         PRIMARY KEY (bucket, portal_id, hour)
       )`,
    );
    await runner.query('UPDATE judge.progress SET settings_position = -1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE judge.heard_hour');
  }
}
