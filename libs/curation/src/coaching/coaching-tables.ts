/** Coachings, and which case each has in it, in a schema that exists. */
export const coachingTables = (schema: string): string[] => [
  `CREATE TABLE ${schema}.coaching (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     coaching_id uuid NOT NULL,
     person text COLLATE "C" NOT NULL,
     rule_id text COLLATE "C" NOT NULL,
     status text NOT NULL,
     since timestamptz NOT NULL,
     done_at timestamptz,
     state json NOT NULL,
     version int NOT NULL,
     PRIMARY KEY (bucket, portal_id, coaching_id)
   )`,
  `CREATE TABLE ${schema}.coached_case (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     case_id uuid NOT NULL,
     coaching_id uuid NOT NULL,
     PRIMARY KEY (bucket, portal_id, case_id)
   )`,
];

export const coachingIndexes = (schema: string): string[] => [
  `CREATE INDEX coaching_person ON ${schema}.coaching (bucket, portal_id, person, rule_id)`,
  `CREATE INDEX coached_case_coaching ON ${schema}.coached_case (bucket, portal_id, coaching_id)`,
];

export const coachingViewNames = ['coaching', 'coached_case'] as const;
