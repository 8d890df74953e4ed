/** Weeks worth a good word, in a schema that exists. */
export const cleanWeekTables = (schema: string): string[] => [
  `CREATE TABLE ${schema}.clean_week (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     person text COLLATE "C" NOT NULL,
     week date NOT NULL,
     checks int NOT NULL,
     noted_at timestamptz NOT NULL,
     PRIMARY KEY (bucket, portal_id, person, week)
   )`,
];

export const cleanWeekViewNames = ['clean_week'] as const;
