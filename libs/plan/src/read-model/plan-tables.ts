/** Tables of the read model of plans in a schema that exists. */
export const planTables = (schema: string): string[] => [
  `CREATE TABLE ${schema}.plan (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     plan_id uuid NOT NULL,
     month text COLLATE "C" NOT NULL,
     pipeline_id text COLLATE "C",
     team_id text COLLATE "C" NOT NULL,
     status text NOT NULL,
     state json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, plan_id)
   )`,
  `CREATE TABLE ${schema}.indicator (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     indicator_id text COLLATE "C" NOT NULL,
     definition json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, indicator_id)
   )`,
];

export const planIndexes = (schema: string): string[] => [
  `CREATE INDEX plan_month ON ${schema}.plan (bucket, portal_id, month)`,
];

export const planViewNames = ['plan', 'indicator'] as const;

export const planViews = (views: string, schema: string): string[] =>
  planViewNames.map((name) => `CREATE VIEW ${views}.${name} AS SELECT * FROM ${schema}.${name}`);
