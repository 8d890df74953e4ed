/** Tables of the read models in a schema that exists. */
export const funnelTables = (schema: string): string[] => [
  // Leads, deals and invoices. Narrow on purpose: every figure walks it, so titles lie apart.
  `CREATE TABLE ${schema}.funnel_object (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     -- expected: moves are known, the object itself was not seen yet.
     state text NOT NULL CHECK (state IN ('expected', 'present', 'deleted', 'merged')),
     merged_into text,
     gone_at timestamptz,
     owner_id text COLLATE "C",
     amount_kopecks bigint,
     currency text,
     -- Since when owner, amount and currency are what they are here; null while the object was not seen.
     version_from timestamptz,
     created_at timestamptz,
     modified_at timestamptz,
     contact_id text,
     company_id text,
     lead_id text,
     pipeline_id text COLLATE "C",
     stage_id text COLLATE "C",
     visit_count int NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind, object_id)
   )`,
  // What figures need of the past: the seller and the amount as far as history tells. The first version of an object
  // holds since ever.
  `CREATE TABLE ${schema}.object_version (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     valid_from timestamptz NOT NULL,
     owner_id text COLLATE "C",
     amount_kopecks bigint,
     currency text,
     PRIMARY KEY (bucket, portal_id, kind, object_id, valid_from)
   )`,
  `CREATE TABLE ${schema}.stage_move (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     move_id text COLLATE "C" NOT NULL,
     occurred_at timestamptz NOT NULL,
     move_order bigint NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C" NOT NULL,
     semantics "char" NOT NULL,
     provenance text NOT NULL,
     is_withdrawn boolean NOT NULL,
     event_id uuid NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind, object_id, move_id)
   )`,
  // Derived from stage_move whenever a move of the object becomes known.
  `CREATE TABLE ${schema}.stage_visit (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     sequence int NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C" NOT NULL,
     semantics "char" NOT NULL,
     entered_at timestamptz NOT NULL,
     left_at timestamptz,
     previous_pipeline_id text COLLATE "C",
     previous_stage_id text COLLATE "C",
     next_pipeline_id text COLLATE "C",
     next_stage_id text COLLATE "C",
     is_first_entry boolean NOT NULL,
     is_first_in_pipeline boolean NOT NULL,
     provenance text NOT NULL,
     event_id uuid NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind, object_id, sequence)
   )`,
  // Every other captured record: enough to list it and to open its time line.
  `CREATE TABLE ${schema}.record (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     state text NOT NULL CHECK (state IN ('present', 'deleted', 'merged')),
     merged_into text,
     gone_at timestamptz,
     owner_id text COLLATE "C",
     created_at timestamptz,
     modified_at timestamptz,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind, object_id)
   )`,
  // Encrypted texts, each under the key of its subject: [{subject, text, fields}].
  `CREATE TABLE ${schema}.record_title (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     object_id text COLLATE "C" NOT NULL,
     parts json NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind, object_id)
   )`,
  // Employees only: their names stand in clear and are nulled when the person is erased.
  `CREATE TABLE ${schema}.person (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     name text,
     second_name text,
     last_name text,
     is_active boolean NOT NULL,
     department_ids text[] NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, user_id)
   )`,
  `CREATE TABLE ${schema}.pipeline (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     kind text COLLATE "C" NOT NULL,
     name text NOT NULL,
     sort int NOT NULL,
     is_default boolean NOT NULL,
     is_removed boolean NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, pipeline_id)
   )`,
  `CREATE TABLE ${schema}.pipeline_stage (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C" NOT NULL,
     name text NOT NULL,
     sort int NOT NULL,
     place int NOT NULL,
     semantics "char" NOT NULL,
     color text,
     is_removed boolean NOT NULL,
     PRIMARY KEY (bucket, portal_id, pipeline_id, stage_id)
   )`,
  // Stages that moves speak of, configured or not: what was removed before the first backfill is never configured.
  `CREATE TABLE ${schema}.seen_stage (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C" NOT NULL,
     semantics "char" NOT NULL,
     PRIMARY KEY (bucket, portal_id, pipeline_id, stage_id)
   )`,
  `CREATE TABLE ${schema}.configuration_change (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     position bigint NOT NULL,
     ordinal int NOT NULL,
     occurred_at timestamptz NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C",
     change text NOT NULL,
     before text,
     after text,
     PRIMARY KEY (bucket, portal_id, position, ordinal)
   )`,
  `CREATE TABLE ${schema}.stage_meaning (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     pipeline_id text COLLATE "C" NOT NULL,
     stage_id text COLLATE "C" NOT NULL,
     valid_from timestamptz NOT NULL,
     meaning text,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, pipeline_id, stage_id, valid_from)
   )`,
  `CREATE TABLE ${schema}.dictionary_entry (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     dictionary text COLLATE "C" NOT NULL,
     entry_id text COLLATE "C" NOT NULL,
     name text NOT NULL,
     sort int NOT NULL,
     is_removed boolean NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, dictionary, entry_id)
   )`,
  `CREATE TABLE ${schema}.funnel_progress (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     last_position bigint NOT NULL,
     -- The latest move known: the portal's clock may be ahead of ours.
     last_move_at timestamptz,
     PRIMARY KEY (bucket, portal_id)
   )`,
];

/** What only readers need. */
export const funnelIndexes = (schema: string): string[] => [
  // Figures of a period.
  `CREATE INDEX stage_visit_entered ON ${schema}.stage_visit (bucket, portal_id, pipeline_id, entered_at)`,
  `CREATE INDEX stage_visit_left ON ${schema}.stage_visit (bucket, portal_id, pipeline_id, left_at)
    WHERE left_at IS NOT NULL`,
  `CREATE INDEX funnel_object_standing ON ${schema}.funnel_object (bucket, portal_id, pipeline_id, state)`,
  `CREATE INDEX configuration_change_time ON ${schema}.configuration_change (bucket, portal_id, occurred_at)`,
];

export const funnelViewNames = [
  'funnel_object',
  'object_version',
  'stage_move',
  'stage_visit',
  'record_title',
  'person',
  'pipeline',
  'pipeline_stage',
  'seen_stage',
  'configuration_change',
  'stage_meaning',
  'dictionary_entry',
  'funnel_progress',
  'record',
];

/** What readers read: views in one schema over the tables of another. */
export const funnelViews = (views: string, schema: string): string[] => [
  ...funnelViewNames.slice(0, -1).map((name) => `CREATE VIEW ${views}.${name} AS SELECT * FROM ${schema}.${name}`),
  `CREATE VIEW ${views}.record AS
     SELECT bucket, portal_id, kind, object_id, state, merged_into, gone_at, owner_id, created_at, modified_at, last_position
       FROM ${schema}.record
     UNION ALL
     SELECT bucket, portal_id, kind, object_id, state, merged_into, gone_at, owner_id, created_at, modified_at, last_position
       FROM ${schema}.funnel_object
      WHERE state <> 'expected'`,
];
