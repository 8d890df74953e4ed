import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Outbox1795930000001 implements MigrationInterface {
  readonly name = 'Outbox1795930000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA writeback;

      CREATE TABLE writeback.channel_setting (
        bucket             int         NOT NULL,
        portal_id          uuid        NOT NULL,
        channel            text        NOT NULL CHECK (channel IN ('task', 'notification', 'timeline-comment')),
        is_enabled         boolean     NOT NULL DEFAULT false,
        cap_per_person_day int         NOT NULL DEFAULT 5 CHECK (cap_per_person_day > 0),
        enabled_by         text,
        enabled_at         timestamptz,
        PRIMARY KEY (bucket, portal_id, channel)
      );
      COMMENT ON TABLE writeback.channel_setting IS 'A channel without a row is off.';

      CREATE TABLE writeback.message (
        bucket             int         NOT NULL,
        portal_id          uuid        NOT NULL,
        message_id         uuid        NOT NULL,
        channel            text        NOT NULL CHECK (channel IN ('task', 'notification', 'timeline-comment')),
        recipient_id       text        NOT NULL,
        about_kind         text        NOT NULL,
        about_id           text        NOT NULL,
        purpose            text        NOT NULL,
        sealed_text        text        NOT NULL,
        marker             text        NOT NULL,
        not_before         timestamptz NOT NULL,
        state              text        NOT NULL DEFAULT 'waiting'
          CHECK (state IN ('waiting', 'held', 'sending', 'sent', 'cancelled', 'refused', 'failed')),
        reason             text,
        attempts           int         NOT NULL DEFAULT 0,
        next_attempt_at    timestamptz,
        is_outcome_unknown boolean     NOT NULL DEFAULT false,
        first_attempt_at   timestamptz,
        sent_day           date,
        lease_token        uuid,
        lease_expires_at   timestamptz,
        portal_object_id   text,
        created_at         timestamptz NOT NULL,
        sent_at            timestamptz,
        seen_at            timestamptz,
        done_at            timestamptz,
        gone_at            timestamptz,
        poll_at            timestamptz,
        PRIMARY KEY (bucket, portal_id, message_id)
      );
      COMMENT ON COLUMN writeback.message.sealed_text IS
        'Title, body and link under the keys of whom it is about and of the recipient: destroying either makes it unreadable.';
      COMMENT ON COLUMN writeback.message.is_outcome_unknown IS
        'It may be in the portal without our knowing: it is looked for by its marker before anything else.';
      COMMENT ON COLUMN writeback.message.first_attempt_at IS 'By the clock of the portal: nothing of it is there before.';
      COMMENT ON COLUMN writeback.message.sent_day IS 'Day of the portal''s zone on which it counts towards the cap of its recipient.';
      COMMENT ON COLUMN writeback.message.lease_expires_at IS 'By the clock of the database.';
      CREATE INDEX message_due ON writeback.message (bucket, portal_id, next_attempt_at)
        WHERE state IN ('waiting', 'held', 'sending');
      CREATE INDEX message_to_poll ON writeback.message (bucket, portal_id, poll_at) WHERE poll_at IS NOT NULL;
      CREATE INDEX message_of_day ON writeback.message (bucket, portal_id, channel, recipient_id, sent_day)
        WHERE sent_day IS NOT NULL;
      CREATE INDEX message_newest ON writeback.message (bucket, portal_id, created_at DESC, message_id);
      CREATE INDEX message_by_purpose ON writeback.message (bucket, portal_id, purpose);
      CREATE INDEX message_by_marker ON writeback.message (bucket, portal_id, marker);

      CREATE TABLE writeback.own_object (
        bucket           int         NOT NULL,
        portal_id        uuid        NOT NULL,
        kind             text        NOT NULL CHECK (kind IN ('task', 'notification', 'timeline-comment')),
        portal_object_id text        NOT NULL,
        message_id       uuid        NOT NULL,
        written_at       timestamptz NOT NULL,
        PRIMARY KEY (bucket, portal_id, kind, portal_object_id)
      );
      COMMENT ON TABLE writeback.own_object IS 'What the product wrote into portals: no work of a person, whoever reads it back.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA writeback CASCADE');
  }
}
