import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Appending the events of one request, which is what a batch of capture or a command of several events is. The usual
 * case, all of it new, needs neither the bookkeeping per request of `log.append_many` nor its answer per event; every
 * other case is handed to it. Lock, later statements and outcomes are as there.
 */
export class CreateAppendAlone1795800000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APPEND_ALONE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION log.append_alone');
  }
}

/** With `is_new`, positions run up to `head` and the rest of the answer per event but its version is left out. */
const APPEND_ALONE = `
  CREATE FUNCTION log.append_alone(
    p_bucket int, p_portal uuid, p_skip boolean, p_stream text[],
    p_group_stream int[], p_group_expected bigint[], p_group_events int[],
    p_event uuid[], p_event_stream int[], p_first int[], p_has_repeats boolean, p_body json[], p_sealed json[], p_digest bytea[],
    OUT is_new boolean, OUT outcome int, OUT failed_stream int, OUT failed_actual bigint,
    OUT positions bigint[], OUT versions bigint[], OUT replays boolean[], OUT head bigint
  ) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    counter log.counter;
    known record;
    event_count int := cardinality(p_event);
    stream_head bigint[];
    hashes bytea[];
    recorded timestamptz;
    recorded_bytes bytea;
    bucket_bytes bytea := int4send(p_bucket);
    portal_bytes bytea := uuid_send(p_portal);
    k int := 0;
    s int; chained bytea; actual bigint; first_position bigint;
  BEGIN
    counter := log.lock_counter(p_bucket);
    is_new := NOT p_has_repeats AND NOT EXISTS (
      SELECT FROM log.event e WHERE e.bucket = p_bucket AND e.event_id = ANY (p_event)
    );
    IF NOT is_new THEN
      SELECT m.outcomes[1], m.failed_stream[1], m.failed_actual[1], m.positions, m.versions, m.replays, m.heads[1]
        INTO outcome, failed_stream, failed_actual, positions, versions, replays, head
        FROM log.append_many(
          ARRAY[p_bucket], array_fill(1, ARRAY[cardinality(p_stream)]), array_fill(p_portal, ARRAY[cardinality(p_stream)]),
          p_stream, ARRAY[1], ARRAY[p_skip], ARRAY[cardinality(p_group_stream)], p_group_stream, p_group_expected,
          p_group_events, p_event, p_event_stream, p_first, p_has_repeats, p_body, p_sealed, p_digest
        ) AS m;
      RETURN;
    END IF;

    FOR known IN
      SELECT n, coalesce(e.version, 0) AS version
        FROM unnest(p_stream) WITH ORDINALITY AS t(stream_id, n)
        LEFT JOIN LATERAL (
          SELECT e.version FROM log.event e
            WHERE e.bucket = p_bucket AND e.portal_id = p_portal AND e.stream_id = t.stream_id
            ORDER BY e.version DESC LIMIT 1
        ) e ON true
    LOOP
      stream_head[known.n] := known.version;
    END LOOP;

    outcome := 0;
    first_position := counter.position;
    head := first_position;
    chained := counter.hash;
    recorded := clock_timestamp();
    recorded_bytes := timestamptz_send(recorded);
    FOR g IN 1 .. cardinality(p_group_stream) LOOP
      s := p_group_stream[g];
      actual := stream_head[s];
      IF NOT (p_group_expected[g] = -1 OR p_group_expected[g] = actual OR p_group_expected[g] = -2 AND actual > 0) THEN
        outcome := 1;
        failed_stream := s;
        failed_actual := actual;
        versions := NULL;
        head := first_position;
        RETURN;
      END IF;
      FOR e IN k + 1 .. k + p_group_events[g] LOOP
        head := head + 1;
        actual := actual + 1;
        chained := sha256(chained || bucket_bytes || int8send(head) || int8send(actual)
                          || recorded_bytes || portal_bytes || p_digest[e]);
        versions[e] := actual;
        hashes[e] := chained;
      END LOOP;
      k := k + p_group_events[g];
      stream_head[s] := actual;
    END LOOP;
    IF event_count = 0 THEN
      RETURN;
    END IF;

    INSERT INTO log.event
      (position, version, recorded_at, bucket, portal_id, event_id, stream_id, body, sealed, digest, hash)
      SELECT first_position + n.n, n.version, recorded, p_bucket, p_portal, n.event_id,
             p_stream[n.s], n.body, n.sealed, n.digest, n.hash
        FROM unnest(versions, p_event_stream, p_event, p_body, p_sealed, p_digest, hashes) WITH ORDINALITY
          AS n(version, s, event_id, body, sealed, digest, hash, n);
    UPDATE log.counter c SET position = append_alone.head, hash = chained WHERE c.bucket = p_bucket;
  END $$;
`;
