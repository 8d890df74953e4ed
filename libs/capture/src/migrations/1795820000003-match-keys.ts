import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What records have in common is known by hashes that an erasure removes; lists of who shares them are facts. */
export class MatchKeys1795820000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE capture.match_key (
        bucket      int    NOT NULL,
        portal_id   uuid   NOT NULL,
        stream_id   text   COLLATE "C" NOT NULL,
        stream_kind text   COLLATE "C" NOT NULL,
        number      bigint NOT NULL,
        kind        text   NOT NULL CHECK (kind IN ('phone', 'email', 'inn', 'company', 'title', 'number')),
        hash        bytea  NOT NULL,
        PRIMARY KEY (portal_id, stream_id, hash)
      );
      CREATE INDEX match_key_by_hash ON capture.match_key (portal_id, hash, stream_kind, number);
      COMMENT ON COLUMN capture.match_key.hash IS
        'Keyed hash of a normalised value: tells who has the same one without keeping it';

      -- The list of matches that was told of a record last.
      CREATE TABLE capture.match_list (
        bucket      int     NOT NULL,
        portal_id   uuid    NOT NULL,
        stream_id   text    COLLATE "C" NOT NULL,
        version     int     NOT NULL,
        digest      text    NOT NULL,
        is_doubtful boolean NOT NULL DEFAULT false,
        PRIMARY KEY (portal_id, stream_id)
      );
      CREATE INDEX match_list_doubtful ON capture.match_list (portal_id, stream_id) WHERE is_doubtful;
      COMMENT ON COLUMN capture.match_list.is_doubtful IS
        'An erasure took somebody away who may be on it: capture looks at it again';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE capture.match_list, capture.match_key');
  }
}
