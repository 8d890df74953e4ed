import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Appending. Both functions lock the counter first and read versions and ids in later statements, which under READ
 * COMMITTED see all that the previous holder of the lock committed; one statement with CTEs would not. Outcomes:
 * 0 appended or replayed, 1 version conflict, 2 partial replay, 3 id reused.
 *
 * Settings on the functions: a plan made while the table was small must not stay a sequential scan.
 */
export class CreateAppendFunctions1795800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOCK_COUNTER);
    await runner.query(APPEND_ONE);
    await runner.query(APPEND_MANY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION log.append_many, log.append_one, log.lock_counter');
  }
}

const LOCK_COUNTER = `
  CREATE FUNCTION log.lock_counter(p_bucket int) RETURNS log.counter LANGUAGE plpgsql AS $$
  DECLARE
    head log.counter;
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'log.append needs READ COMMITTED: a snapshot older than the lock would miss events'
        USING ERRCODE = '25001';
    END IF;
    SELECT * INTO head FROM log.counter c WHERE c.bucket = p_bucket FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO log.counter (bucket) VALUES (p_bucket) ON CONFLICT DO NOTHING;
      SELECT * INTO STRICT head FROM log.counter c WHERE c.bucket = p_bucket FOR UPDATE;
    END IF;
    RETURN head;
  END $$;
`;

const APPEND_ONE = `
  CREATE FUNCTION log.append_one(
    p_bucket int, p_portal uuid, p_stream text, p_expected bigint, p_skip boolean,
    p_event uuid, p_body json, p_sealed json, p_digest bytea,
    OUT outcome int, OUT "position" bigint, OUT version bigint, OUT is_replay boolean, OUT head bigint
  ) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    counter log.counter;
    known record;
    actual bigint;
    recorded timestamptz;
    chained bytea;
  BEGIN
    counter := log.lock_counter(p_bucket);
    head := counter.position;
    is_replay := false;

    SELECT e.position, e.version, e.portal_id, e.stream_id, e.digest INTO known
      FROM log.event e WHERE e.bucket = p_bucket AND e.event_id = p_event;
    IF FOUND THEN
      IF known.portal_id <> p_portal OR known.stream_id <> p_stream OR NOT p_skip AND known.digest <> p_digest THEN
        outcome := 3;
      ELSE
        outcome := 0;
        is_replay := true;
      END IF;
      "position" := known.position;
      version := known.version;
      RETURN;
    END IF;

    SELECT e.version INTO actual FROM log.event e
      WHERE e.bucket = p_bucket AND e.portal_id = p_portal AND e.stream_id = p_stream
      ORDER BY e.version DESC LIMIT 1;
    actual := coalesce(actual, 0);
    IF NOT (p_expected = -1 OR p_expected = actual OR p_expected = -2 AND actual > 0) THEN
      outcome := 1;
      version := actual;
      RETURN;
    END IF;

    outcome := 0;
    head := counter.position + 1;
    "position" := head;
    version := actual + 1;
    recorded := clock_timestamp();
    chained := sha256(counter.hash || int4send(p_bucket) || int8send(head) || int8send(actual + 1)
                      || timestamptz_send(recorded) || uuid_send(p_portal) || p_digest);
    INSERT INTO log.event
      (position, version, recorded_at, bucket, portal_id, event_id, stream_id, body, sealed, digest, hash)
      VALUES (head, actual + 1, recorded, p_bucket, p_portal, p_event, p_stream, p_body, p_sealed, p_digest, chained);
    UPDATE log.counter c SET position = head, hash = chained WHERE c.bucket = p_bucket;
  END $$;
`;

/**
 * Several appends in one transaction, each with an outcome of its own: one that is refused changes nothing and does not
 * disturb the others. Arrays are parallel and indexes start at 1: buckets ascending; streams and events point at their
 * bucket and stream; requests and groups say how many groups and events they hold; p_first points an event at the
 * first one of its request with the same id (itself unless p_has_repeats). No id may occur in two requests of one call.
 */
const APPEND_MANY = `
  CREATE FUNCTION log.append_many(
    p_buckets int[],
    p_stream_bucket int[], p_stream_portal uuid[], p_stream text[],
    p_request_bucket int[], p_request_skip boolean[], p_request_groups int[],
    p_group_stream int[], p_group_expected bigint[], p_group_events int[],
    p_event uuid[], p_event_stream int[], p_first int[], p_has_repeats boolean, p_body json[], p_sealed json[], p_digest bytea[],
    OUT outcomes int[], OUT failed_stream int[], OUT failed_actual bigint[],
    OUT positions bigint[], OUT versions bigint[], OUT replays boolean[], OUT heads bigint[]
  ) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    counter log.counter;
    known record;
    request_count int := cardinality(p_request_bucket);
    event_count int := cardinality(p_event);
    chain bytea[];
    hashes bytea[];
    stream_head bigint[];
    portal_bytes bytea[];
    same_stream boolean[];
    stored_digest bytea[];
    recorded timestamptz;
    recorded_bytes bytea;
    -- Whether an id of this call is stored already or occurs twice; without, every event is simply new.
    any_known boolean := false;
    g int := 0;
    k int := 0;
    b int; s int; f int; head bigint; hash bytea; actual bigint;
    bucket_bytes bytea; stream_portal bytea;
    first_event int; last_event int; group_end int; known_count int; has_new boolean;
    outcome int;
  BEGIN
    -- Lock, ascending.
    FOR b IN 1 .. cardinality(p_buckets) LOOP
      counter := log.lock_counter(p_buckets[b]);
      heads[b] := counter.position;
      chain[b] := counter.hash;
    END LOOP;
    recorded := clock_timestamp();
    recorded_bytes := timestamptz_send(recorded);

    -- Read what is there: the version of every stream, and the events whose ids are stored already.
    FOR known IN
      SELECT n, coalesce(e.version, 0) AS version, uuid_send(t.portal_id) AS portal_bytes
        FROM unnest(p_stream_bucket, p_stream_portal, p_stream) WITH ORDINALITY AS t(b, portal_id, stream_id, n)
        LEFT JOIN LATERAL (
          SELECT e.version FROM log.event e
            WHERE e.bucket = p_buckets[t.b] AND e.portal_id = t.portal_id AND e.stream_id = t.stream_id
            ORDER BY e.version DESC LIMIT 1
        ) e ON true
    LOOP
      stream_head[known.n] := known.version;
      portal_bytes[known.n] := known.portal_bytes;
    END LOOP;
    positions := array_fill(NULL::bigint, ARRAY[event_count]);
    versions := positions;
    hashes := array_fill(NULL::bytea, ARRAY[event_count]);
    replays := array_fill(false, ARRAY[event_count]);
    outcomes := array_fill(0, ARRAY[request_count]);
    failed_stream := array_fill(NULL::int, ARRAY[request_count]);
    failed_actual := array_fill(NULL::bigint, ARRAY[request_count]);
    FOR known IN
      SELECT n, e.position, e.version, e.digest,
             e.portal_id = p_stream_portal[t.s] AND e.stream_id = p_stream[t.s] AS same_stream
        FROM unnest(p_event, p_event_stream) WITH ORDINALITY AS t(event_id, s, n)
        CROSS JOIN LATERAL (
          SELECT e.position, e.version, e.digest, e.portal_id, e.stream_id FROM log.event e
            WHERE e.bucket = p_buckets[p_stream_bucket[t.s]] AND e.event_id = t.event_id LIMIT 1
        ) e
    LOOP
      positions[known.n] := known.position;
      versions[known.n] := known.version;
      replays[known.n] := true;
      same_stream[known.n] := known.same_stream;
      stored_digest[known.n] := known.digest;
      any_known := true;
    END LOOP;
    any_known := any_known OR p_has_repeats;

    -- Decide request by request, as if each came alone.
    FOR r IN 1 .. request_count LOOP
      b := p_request_bucket[r];
      head := heads[b];
      hash := chain[b];
      bucket_bytes := int4send(p_buckets[b]);
      first_event := k + 1;
      last_event := k;
      FOR i IN g + 1 .. g + p_request_groups[r] LOOP
        last_event := last_event + p_group_events[i];
      END LOOP;

      outcome := 0;
      known_count := 0;
      IF any_known THEN
        FOR i IN first_event .. last_event LOOP
          f := p_first[i];
          IF p_event_stream[f] <> p_event_stream[i] THEN
            outcome := 3;
            failed_stream[r] := p_event_stream[i];
          ELSIF positions[f] IS NOT NULL THEN
            known_count := known_count + 1;
            IF NOT same_stream[f] OR NOT p_request_skip[r] AND stored_digest[f] <> p_digest[i] THEN
              outcome := 3;
              failed_stream[r] := p_event_stream[i];
            END IF;
          END IF;
        END LOOP;
        IF outcome = 0 AND NOT p_request_skip[r] AND known_count > 0 AND first_event + known_count <= last_event THEN
          outcome := 2;
        END IF;
      END IF;

      FOR i IN g + 1 .. g + p_request_groups[r] LOOP
        s := p_group_stream[i];
        actual := stream_head[s];
        group_end := k + p_group_events[i];
        has_new := true;
        IF any_known THEN
          has_new := group_end = k;
          FOR e IN k + 1 .. group_end LOOP
            IF positions[p_first[e]] IS NULL THEN
              has_new := true;
            ELSIF outcome = 2 AND failed_stream[r] IS NULL THEN
              failed_stream[r] := s;
              failed_actual[r] := actual;
            END IF;
          END LOOP;
          has_new := has_new AND (known_count = 0 OR p_request_skip[r]);
        END IF;
        IF outcome = 0 AND has_new
          AND NOT (p_group_expected[i] = -1 OR p_group_expected[i] = actual OR p_group_expected[i] = -2 AND actual > 0)
        THEN
          outcome := 1;
          failed_stream[r] := s;
          failed_actual[r] := actual;
        END IF;
        IF outcome = 0 THEN
          stream_portal := portal_bytes[s];
          FOR e IN k + 1 .. group_end LOOP
            IF any_known THEN
              f := p_first[e];
              IF positions[f] IS NOT NULL THEN
                positions[e] := positions[f];
                versions[e] := versions[f];
                replays[e] := true;
                CONTINUE;
              END IF;
            END IF;
            head := head + 1;
            actual := actual + 1;
            hash := sha256(hash || bucket_bytes || int8send(head) || int8send(actual)
                           || recorded_bytes || stream_portal || p_digest[e]);
            positions[e] := head;
            versions[e] := actual;
            hashes[e] := hash;
          END LOOP;
          stream_head[s] := actual;
        END IF;
        k := group_end;
      END LOOP;
      g := g + p_request_groups[r];

      IF outcome = 0 THEN
        heads[b] := head;
        chain[b] := hash;
      ELSIF head <> heads[b] THEN
        FOR i IN first_event .. last_event LOOP
          IF hashes[i] IS NOT NULL THEN
            stream_head[p_event_stream[i]] := stream_head[p_event_stream[i]] - 1;
            positions[i] := NULL;
            versions[i] := NULL;
            hashes[i] := NULL;
          END IF;
        END LOOP;
      END IF;
      outcomes[r] := outcome;
    END LOOP;

    INSERT INTO log.event
      (position, version, recorded_at, bucket, portal_id, event_id, stream_id, body, sealed, digest, hash)
      SELECT n.position, n.version, recorded, p_buckets[p_stream_bucket[n.s]], p_stream_portal[n.s], n.event_id,
             p_stream[n.s], n.body, n.sealed, n.digest, n.hash
        FROM unnest(positions, versions, p_event_stream, p_event, p_body, p_sealed, p_digest, hashes)
          AS n("position", version, s, event_id, body, sealed, digest, hash)
        WHERE n.hash IS NOT NULL;
    IF FOUND THEN
      FOR b IN 1 .. cardinality(p_buckets) LOOP
        UPDATE log.counter c SET position = heads[b], hash = chain[b] WHERE c.bucket = p_buckets[b];
      END LOOP;
    END IF;
  END $$;
`;
