/** Tables of the points ledger, of schemes and of pay in a schema that exists. */
export const pointsTables = (schema: string): string[] => [
  // What is known of each record that may bring points, and what it is worth as the ledger has it.
  `CREATE TABLE ${schema}.tracked_record (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     stream_id text COLLATE "C" NOT NULL,
     record json NOT NULL,
     credits json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, stream_id)
   )`,
  // Never changed and never removed: what is undone is a line of its own.
  `CREATE TABLE ${schema}.ledger_entry (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     position bigint NOT NULL,
     line int NOT NULL,
     event_id uuid NOT NULL,
     stream_id text COLLATE "C" NOT NULL,
     measure text COLLATE "C" NOT NULL,
     done_at timestamptz NOT NULL,
     doer text COLLATE "C",
     about text COLLATE "C" NOT NULL,
     actions int NOT NULL,
     kopecks bigint,
     currency text,
     PRIMARY KEY (bucket, portal_id, position, line)
   )`,
  `CREATE TABLE ${schema}.stage_rank (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     kind text COLLATE "C" NOT NULL,
     ranks json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, kind)
   )`,
  `CREATE TABLE ${schema}.scheme (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     scheme_id uuid NOT NULL,
     state json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, scheme_id)
   )`,
  `CREATE TABLE ${schema}.pay_period (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text COLLATE "C" NOT NULL,
     closed_at timestamptz NOT NULL,
     closed_by text NOT NULL,
     as_at text NOT NULL,
     payslips int NOT NULL,
     total_kopecks bigint NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, month)
   )`,
  `CREATE TABLE ${schema}.payslip (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text COLLATE "C" NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     content text NOT NULL,
     hash text NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, month, user_id)
   )`,
  // Every sharing of a sale stays, so that it can be told how it stood at a position.
  `CREATE TABLE ${schema}.sale_share (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     about text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     shares json NOT NULL,
     PRIMARY KEY (bucket, portal_id, about, position)
   )`,
  `CREATE TABLE ${schema}.pay_dispute (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     dispute_id uuid NOT NULL,
     month text COLLATE "C" NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     disputed_at timestamptz NOT NULL,
     state json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, dispute_id)
   )`,
];

export const pointsIndexes = (schema: string): string[] => [
  `CREATE INDEX ledger_entry_done ON ${schema}.ledger_entry (bucket, portal_id, done_at)`,
  `CREATE INDEX ledger_entry_doer ON ${schema}.ledger_entry (bucket, portal_id, doer, done_at)`,
  `CREATE INDEX ledger_entry_record ON ${schema}.ledger_entry (bucket, portal_id, stream_id)`,
  // What a shared sale brought is asked by its deal.
  `CREATE INDEX ledger_entry_about ON ${schema}.ledger_entry (bucket, portal_id, about)`,
  `CREATE INDEX pay_dispute_month ON ${schema}.pay_dispute (bucket, portal_id, month)`,
];

export const pointsViewNames = [
  'ledger_entry',
  'scheme',
  'pay_period',
  'payslip',
  'pay_dispute',
  'sale_share',
] as const;

export const pointsViews = (views: string, schema: string): string[] =>
  pointsViewNames.map((name) => `CREATE VIEW ${views}.${name} AS SELECT * FROM ${schema}.${name}`);
