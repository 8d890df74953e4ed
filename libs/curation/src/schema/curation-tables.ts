import { cleanWeekTables, cleanWeekViewNames } from '../clean-weeks/clean-week-tables.js';
import { coachingIndexes, coachingTables, coachingViewNames } from '../coaching/coaching-tables.js';
import { qualityIndexes, qualityTables, qualityViewNames } from '../quality/quality-tables.js';

/** Tables of the read model of curation in a schema that exists. */
export const curationTables = (schema: string): string[] => [
  // Captured facts as far as rules ask about them, in the order of the log.
  `CREATE TABLE ${schema}.rule_fact (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     stream_id text COLLATE "C" NOT NULL,
     position bigint NOT NULL,
     event_id uuid NOT NULL,
     occurred_at timestamptz NOT NULL,
     kind text COLLATE "C" NOT NULL,
     verb text NOT NULL,
     by_user text,
     provenance text NOT NULL,
     data json NOT NULL,
     PRIMARY KEY (bucket, portal_id, stream_id, position)
   )`,
  // What hangs on what: an activity on its deal, a deal on its company. Never taken back: the past is judged too.
  `CREATE TABLE ${schema}.rule_link (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     child text COLLATE "C" NOT NULL,
     parent text COLLATE "C" NOT NULL,
     PRIMARY KEY (bucket, portal_id, child, parent)
   )`,
  // Whose life a fact may have changed, and by which position.
  `CREATE TABLE ${schema}.rule_subject (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     subject text COLLATE "C" NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, subject)
   )`,
  // Through which instant each feed is complete, and the decisions about rules.
  `CREATE TABLE ${schema}.rule_clock (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     through json NOT NULL,
     position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id)
   )`,
  `CREATE TABLE ${schema}.discipline (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     settings json NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id)
   )`,
  `CREATE TABLE ${schema}.violation_case (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     case_id uuid NOT NULL,
     rule_id text COLLATE "C" NOT NULL,
     rule_version int NOT NULL,
     severity text NOT NULL,
     mode text NOT NULL,
     status text NOT NULL,
     verdict text,
     verdict_by text,
     verdict_at timestamptz,
     review_state text,
     subject text COLLATE "C" NOT NULL,
     about text COLLATE "C" NOT NULL,
     responsible text COLLATE "C",
     owner_id text COLLATE "C",
     assignee text,
     started_at timestamptz NOT NULL,
     opens_at timestamptz NOT NULL,
     due_at timestamptz NOT NULL,
     resolved_at timestamptz,
     recorded_at timestamptz NOT NULL,
     closed_at timestamptz,
     snoozed_until timestamptz,
     is_snoozed boolean NOT NULL,
     is_inhibited boolean NOT NULL,
     regressed_from uuid,
     item_count int NOT NULL,
     opened json NOT NULL,
     state json NOT NULL,
     version int NOT NULL,
     last_position bigint NOT NULL,
     PRIMARY KEY (bucket, portal_id, case_id)
   )`,
  // What became of a case, entry by entry.
  `CREATE TABLE ${schema}.case_entry (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     case_id uuid NOT NULL,
     version int NOT NULL,
     type text NOT NULL,
     occurred_at timestamptz NOT NULL,
     recorded_at timestamptz NOT NULL,
     event_id uuid NOT NULL,
     data json NOT NULL,
     PRIMARY KEY (bucket, portal_id, case_id, version)
   )`,
  ...qualityTables(schema),
];

/** Tables that came after the first generation was made. */
export const laterTables = (schema: string): string[] => [...coachingTables(schema), ...cleanWeekTables(schema)];
export const laterIndexes = coachingIndexes;
export const laterViewNames = [...coachingViewNames, ...cleanWeekViewNames] as const;

/** What only readers need. */
export const curationIndexes = (schema: string): string[] => [
  `CREATE INDEX rule_link_parent ON ${schema}.rule_link (bucket, portal_id, parent)`,
  `CREATE INDEX rule_subject_position ON ${schema}.rule_subject (bucket, portal_id, last_position)`,
  `CREATE INDEX violation_case_queue ON ${schema}.violation_case (bucket, portal_id, status, due_at)`,
  `CREATE INDEX violation_case_about ON ${schema}.violation_case (bucket, portal_id, about)`,
  `CREATE INDEX violation_case_review ON ${schema}.violation_case (bucket, portal_id) WHERE review_state = 'pending'`,
  `CREATE INDEX case_entry_type ON ${schema}.case_entry (bucket, portal_id, type, occurred_at)`,
  ...qualityIndexes(schema),
];

/** Cases of a person, until their starts were indexed as well. */
export const casesByPerson = (schema: string): string =>
  `CREATE INDEX violation_case_person ON ${schema}.violation_case (bucket, portal_id, responsible, rule_id)`;

/** Cases by when they began, were recorded and decided: a period of them is no walk through all. */
export const casesByStart = (schema: string): string[] => [
  `CREATE INDEX violation_case_started ON ${schema}.violation_case (bucket, portal_id, started_at)`,
  `CREATE INDEX violation_case_repeated ON ${schema}.violation_case (bucket, portal_id, responsible, rule_id, started_at)`,
];
export const casesByDecision = (schema: string): string[] => [
  `CREATE INDEX violation_case_recorded ON ${schema}.violation_case (bucket, portal_id, recorded_at)`,
  `CREATE INDEX violation_case_decided ON ${schema}.violation_case (bucket, portal_id, verdict_at) WHERE verdict_at IS NOT NULL`,
];

export const curationViewNames = [
  'rule_fact',
  'rule_link',
  'rule_subject',
  'rule_clock',
  'discipline',
  'violation_case',
  'case_entry',
  ...qualityViewNames,
] as const;

/** What readers read: views in one schema over the tables of another. */
export const curationViews = (
  views: string,
  schema: string,
  names: readonly string[] = [...curationViewNames, ...laterViewNames],
): string[] => names.map((name) => `CREATE VIEW ${views}.${name} AS SELECT * FROM ${schema}.${name}`);
