/** Tables about the control of the control, in a schema that exists. */
export const qualityTables = (schema: string): string[] => [
  // Settings, gold set and checklists.
  `CREATE TABLE ${schema}.quality (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     state json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id)
   )`,
  `CREATE TABLE ${schema}.calibration (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     account_id text COLLATE "C" NOT NULL,
     state json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, account_id)
   )`,
  `CREATE TABLE ${schema}.audit (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     audit_id uuid NOT NULL,
     week date NOT NULL,
     seller text COLLATE "C" NOT NULL,
     kind text NOT NULL,
     about text COLLATE "C" NOT NULL,
     happened_at timestamptz NOT NULL,
     scored_by text,
     scored_at timestamptz,
     score float8,
     is_passed boolean,
     state json NOT NULL,
     version int NOT NULL,
     PRIMARY KEY (bucket, portal_id, audit_id)
   )`,
];

export const qualityIndexes = (schema: string): string[] => [
  `CREATE INDEX audit_week ON ${schema}.audit (bucket, portal_id, week)`,
  `CREATE INDEX audit_failed ON ${schema}.audit (bucket, portal_id, seller, scored_at) WHERE NOT is_passed`,
];

export const qualityViewNames = ['quality', 'calibration', 'audit'] as const;
