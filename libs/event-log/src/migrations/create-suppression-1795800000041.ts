import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who was erased, for ever: asked before anything is sealed, and stronger than any key, so that neither the next poll
 * nor a copy of keys made before the erasure brings a person back.
 */
export class CreateSuppression1795800000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE keys.erased_subject (
        bucket    int         NOT NULL,
        portal_id uuid        NOT NULL,
        subject   text        NOT NULL,
        root      text        NOT NULL,
        erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (bucket, portal_id, subject)
      );
      COMMENT ON COLUMN keys.erased_subject.root IS 'Whose erasure it was: the subject itself, or the person that a record is linked to.';

      INSERT INTO keys.erased_subject (bucket, portal_id, subject, root, erased_at)
      SELECT bucket, portal_id, subject, subject, destroyed_at FROM keys.subject_key WHERE destroyed_at IS NOT NULL;

      CREATE FUNCTION keys.refuse_revival() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF OLD.destroyed_at IS NOT NULL THEN
            NEW.wrapped := NULL;
            NEW.destroyed_at := OLD.destroyed_at;
            RETURN NEW;
          END IF;
        END IF;
        IF NEW.wrapped IS NOT NULL AND EXISTS (
          SELECT FROM keys.erased_subject e
           WHERE e.bucket = NEW.bucket AND e.portal_id = NEW.portal_id AND e.subject = NEW.subject
        ) THEN
          NEW.wrapped := NULL;
          NEW.destroyed_at := clock_timestamp();
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER nobody_is_revived BEFORE INSERT OR UPDATE ON keys.subject_key
        FOR EACH ROW EXECUTE FUNCTION keys.refuse_revival();

      -- Whoever is on the list has no key, whichever way it got there.
      CREATE FUNCTION keys.destroy_key() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        UPDATE keys.subject_key k SET wrapped = NULL, destroyed_at = clock_timestamp()
         WHERE k.bucket = NEW.bucket AND k.portal_id = NEW.portal_id AND k.subject = NEW.subject
           AND k.destroyed_at IS NULL;
        RETURN NULL;
      END $$;
      CREATE TRIGGER the_erased_have_no_key AFTER INSERT ON keys.erased_subject
        FOR EACH ROW EXECUTE FUNCTION keys.destroy_key();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER nobody_is_revived ON keys.subject_key;
      DROP TABLE keys.erased_subject;
      DROP FUNCTION keys.refuse_revival, keys.destroy_key;
    `);
  }
}
