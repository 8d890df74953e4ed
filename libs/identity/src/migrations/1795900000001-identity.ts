import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, sessions, roles, one-time links, substitutions, and the record of who did what. */
export class Identity1795900000001 implements MigrationInterface {
  readonly name = 'Identity1795900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;

      CREATE TABLE identity.account (
        id             uuid PRIMARY KEY,
        email          text NOT NULL UNIQUE CHECK (email = lower(email)),
        email_verified boolean NOT NULL DEFAULT false,
        name           text NOT NULL,
        image          text,
        is_demo        boolean NOT NULL DEFAULT false,
        created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at     timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE identity.credential (
        id                  uuid PRIMARY KEY,
        account_id          uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
        provider_id         text NOT NULL,
        provider_account_id text NOT NULL,
        password            text,
        access_token        text,
        refresh_token       text,
        id_token            text,
        access_token_expires_at  timestamptz,
        refresh_token_expires_at timestamptz,
        scope               text,
        created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (account_id, provider_id)
      );
      COMMENT ON COLUMN identity.credential.password IS 'argon2id in the PHC form';

      CREATE TABLE identity.session (
        id           uuid PRIMARY KEY,
        token        text NOT NULL UNIQUE,
        account_id   uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
        expires_at   timestamptz NOT NULL,
        ip_address   text,
        user_agent   text,
        replaced_at  timestamptz,
        created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at   timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX session_of_account ON identity.session (account_id);
      CREATE INDEX session_by_end ON identity.session (expires_at);
      COMMENT ON COLUMN identity.session.replaced_at IS
        'When a newer token took over; requests on their way with the old one are answered for a minute';

      CREATE TABLE identity.verification (
        id         uuid PRIMARY KEY,
        identifier text NOT NULL,
        value      text NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE identity.membership (
        membership_id  uuid PRIMARY KEY,
        account_id     uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
        portal_id      uuid REFERENCES registry.portal,
        role           text NOT NULL CHECK (role IN ('integrator', 'operations', 'curator', 'head', 'seller', 'viewer')),
        portal_user_id text,
        granted_by     uuid,
        granted_at     timestamptz NOT NULL,
        CHECK (portal_id IS NOT NULL OR (role IN ('integrator', 'operations') AND portal_user_id IS NULL)),
        UNIQUE NULLS NOT DISTINCT (account_id, portal_id)
      );
      CREATE UNIQUE INDEX membership_of_portal_user ON identity.membership (portal_id, portal_user_id)
        WHERE portal_user_id IS NOT NULL;
      COMMENT ON COLUMN identity.membership.portal_id IS 'Null: the whole installation';

      CREATE TABLE identity.one_time_link (
        link_id        uuid PRIMARY KEY,
        token_hash     bytea NOT NULL UNIQUE,
        kind           text NOT NULL CHECK (kind IN ('first', 'invitation', 'reset')),
        role           text,
        portal_id      uuid REFERENCES registry.portal,
        portal_user_id text,
        account_id     uuid REFERENCES identity.account ON DELETE CASCADE,
        created_by     uuid,
        created_at     timestamptz NOT NULL,
        expires_at     timestamptz NOT NULL,
        used_at        timestamptz,
        withdrawn_at   timestamptz
      );
      CREATE INDEX link_of_portal ON identity.one_time_link (portal_id);
      COMMENT ON COLUMN identity.one_time_link.token_hash IS 'SHA-256; the token itself is shown once and kept nowhere';

      CREATE TABLE identity.substitution (
        substitution_id  uuid PRIMARY KEY,
        portal_id        uuid NOT NULL REFERENCES registry.portal,
        absent_id        uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
        substitute_id    uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
        role             text NOT NULL,
        starts_at        timestamptz NOT NULL,
        ends_at          timestamptz NOT NULL,
        created_by       uuid,
        created_at       timestamptz NOT NULL,
        cancelled_at     timestamptz,
        CHECK (starts_at < ends_at AND absent_id <> substitute_id)
      );
      CREATE INDEX substitution_of ON identity.substitution (substitute_id);

      CREATE TABLE identity.sign_in_attempts (
        subject     bytea PRIMARY KEY,
        failures    int NOT NULL,
        last_at     timestamptz NOT NULL,
        blocked_until timestamptz NOT NULL,
        succeeded_at timestamptz
      );
      COMMENT ON COLUMN identity.substitution.role IS 'That is lent: another one of the absent person is not';
      COMMENT ON COLUMN identity.sign_in_attempts.succeeded_at IS
        'Last time this account signed in from this address: a storm against the account does not keep its owner out';
      COMMENT ON COLUMN identity.sign_in_attempts.subject IS 'Keyed hash of an e-mail or an address';

      CREATE TABLE identity.audit (
        audit_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at         timestamptz NOT NULL,
        account_id uuid,
        actor      text NOT NULL CHECK (actor IN ('account', 'nobody', 'command line', 'system')),
        action     text NOT NULL,
        portal_id  uuid,
        object     text,
        address    text,
        result     text NOT NULL CHECK (result IN ('done', 'refused', 'failed')),
        details    jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX audit_of_portal ON identity.audit (portal_id, audit_id);
      CREATE INDEX audit_of_account ON identity.audit (account_id, audit_id);
      CREATE FUNCTION identity.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'The audit is only ever added to' USING ERRCODE = 'restrict_violation';
        END $$;
      CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON identity.audit
        FOR EACH ROW EXECUTE FUNCTION identity.refuse_change();
      CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON identity.audit
        FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA identity CASCADE');
  }
}
