/** State of judging: what the engine has said so far. It commits with the events that say it. */
export const judgeTables: readonly string[] = [
  'CREATE SCHEMA judge',
  `CREATE TABLE judge.progress (
     portal_id uuid PRIMARY KEY,
     bucket int NOT NULL,
     -- Position up to which changed subjects were judged, and the rule clock by which all were.
     position bigint NOT NULL DEFAULT 0,
     clock timestamptz,
     -- The decisions that everything was judged by; other ones make all be judged again.
     settings_position bigint NOT NULL DEFAULT 0,
     -- The watermark by which the last whole pass went.
     seen_position bigint NOT NULL DEFAULT 0,
     frozen_code text,
     judged_at timestamptz,
     judged_subjects bigint NOT NULL DEFAULT 0,
     faults json NOT NULL DEFAULT '[]'
   )`,
  `CREATE TABLE judge.episode (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     rule_id text COLLATE "C" NOT NULL,
     about text COLLATE "C" NOT NULL,
     started_at timestamptz NOT NULL,
     subject text COLLATE "C" NOT NULL,
     case_id uuid NOT NULL,
     opens_at timestamptz NOT NULL,
     resolved_at timestamptz,
     void_at timestamptz,
     void_reason text,
     items json NOT NULL,
     owner_id text,
     inhibited_by text,
     PRIMARY KEY (bucket, portal_id, rule_id, about, started_at)
   )`,
  'CREATE INDEX episode_subject ON judge.episode (bucket, portal_id, subject)',
  'CREATE INDEX episode_about ON judge.episode (bucket, portal_id, about)',
  // Instants at which something opens if nothing more happens.
  `CREATE TABLE judge.deadline (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     subject text COLLATE "C" NOT NULL,
     due_at timestamptz NOT NULL,
     PRIMARY KEY (bucket, portal_id, subject)
   )`,
  'CREATE INDEX deadline_due ON judge.deadline (bucket, portal_id, due_at)',
  // What records add to the stories of employees and of the portal.
  `CREATE TABLE judge.contribution (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     source text COLLATE "C" NOT NULL,
     ordinal int NOT NULL,
     subject text COLLATE "C" NOT NULL,
     contribution json NOT NULL,
     PRIMARY KEY (bucket, portal_id, source, ordinal)
   )`,
  'CREATE INDEX contribution_subject ON judge.contribution (bucket, portal_id, subject)',
  // Employees and portals whose contributions changed since they were judged.
  `CREATE TABLE judge.touched (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     subject text COLLATE "C" NOT NULL,
     PRIMARY KEY (bucket, portal_id, subject)
   )`,
  // Opportunities to violate: by subject as last counted, and summed up.
  `CREATE TABLE judge.subject_checks (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     subject text COLLATE "C" NOT NULL,
     counts json NOT NULL,
     PRIMARY KEY (bucket, portal_id, subject)
   )`,
  `CREATE TABLE judge.checks (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     rule_id text COLLATE "C" NOT NULL,
     person text COLLATE "C" NOT NULL,
     week date NOT NULL,
     checks bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, rule_id, person, week)
   )`,
];
