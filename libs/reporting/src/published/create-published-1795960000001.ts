import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables with a row for each month, by name without the schema. */
const monthly = ['pace', 'plan_money', 'pace_day', 'score', 'score_indicator', 'score_threshold', 'agreement'];

/** Figures as the API answers them, for who asks by SQL. */
export class CreatePublished1795960000001 implements MigrationInterface {
  readonly name = 'CreatePublished1795960000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...plans, ...scores, ...curators, run, ...comments()]) await runner.query(statement);
    for (const table of monthly)
      await runner.query(`CREATE INDEX ${table}_portal_month ON published.${table} (portal_id, month)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA published CASCADE');
  }
}

const plans = [
  `CREATE SCHEMA published`,
  `CREATE TABLE published.pace (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     plan_id uuid NOT NULL,
     plan_name text NOT NULL,
     place int NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     indicator_id text COLLATE "C" NOT NULL,
     indicator_ru text NOT NULL,
     indicator_en text NOT NULL,
     norm bigint NOT NULL,
     done int NOT NULL,
     today int NOT NULL,
     due float8 NOT NULL,
     to_go bigint NOT NULL,
     per_day bigint,
     run_rate float8,
     chance float8,
     PRIMARY KEY (bucket, portal_id, month, plan_id, user_id, place)
   )`,
  `CREATE TABLE published.plan_money (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     plan_id uuid NOT NULL,
     plan_name text NOT NULL,
     pipeline_id text COLLATE "C",
     team_id text COLLATE "C" NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     sold_kopecks bigint NOT NULL,
     target_kopecks bigint NOT NULL,
     currency text NOT NULL,
     elapsed float8 NOT NULL,
     working_days int NOT NULL,
     days_left int NOT NULL,
     PRIMARY KEY (bucket, portal_id, month, plan_id, user_id)
   )`,
  `CREATE TABLE published.pace_day (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     plan_id uuid NOT NULL,
     place int NOT NULL,
     day date NOT NULL,
     due float8 NOT NULL,
     done int,
     due_kopecks bigint,
     sold_kopecks bigint,
     PRIMARY KEY (bucket, portal_id, month, plan_id, place, day)
   )`,
];

const scores = [
  `CREATE TABLE published.score (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     scheme_id uuid NOT NULL,
     version int NOT NULL,
     points numeric NOT NULL,
     target numeric NOT NULL,
     ratio float8 NOT NULL,
     reached float8,
     next_threshold float8,
     points_missing numeric,
     PRIMARY KEY (bucket, portal_id, month, user_id)
   )`,
  `CREATE TABLE published.score_indicator (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     user_id text COLLATE "C" NOT NULL,
     indicator_id text COLLATE "C" NOT NULL,
     indicator_ru text NOT NULL,
     indicator_en text NOT NULL,
     actions int NOT NULL,
     credited int NOT NULL,
     points numeric NOT NULL,
     PRIMARY KEY (bucket, portal_id, month, user_id, indicator_id)
   )`,
  `CREATE TABLE published.score_threshold (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     scheme_id uuid NOT NULL,
     version int NOT NULL,
     from_ratio float8 NOT NULL,
     PRIMARY KEY (bucket, portal_id, month, scheme_id, version, from_ratio)
   )`,
];

const curators = [
  `CREATE TABLE published.agreement (
     bucket int NOT NULL,
     portal_id uuid NOT NULL,
     month text NOT NULL,
     rule_id text COLLATE "C" NOT NULL,
     from_day date NOT NULL,
     to_day date NOT NULL,
     n int NOT NULL,
     alike int,
     observed float8,
     kappa float8,
     pabak float8,
     PRIMARY KEY (bucket, portal_id, month, rule_id)
   )`,
];

const run = `CREATE TABLE published.run (
   bucket int NOT NULL,
   portal_id uuid NOT NULL,
   as_of timestamptz,
   published_at timestamptz,
   "position" bigint NOT NULL DEFAULT 0,
   seconds float8 NOT NULL DEFAULT 0,
   error_code text,
   PRIMARY KEY (bucket, portal_id)
 )`;

const everywhere = {
  bucket: 'Bucket of the portal.',
  portal_id: 'The portal.',
};
const ofMonth = { ...everywhere, month: 'Month by the zone of the portal, 2026-03.' };
const ofPlan = { ...ofMonth, plan_id: 'The plan.', plan_name: 'What the plan is called.' };
const place = 'Place of the figure in the chain of the plan, 0 first, sales last.';
const userOrTeam = 'User of the portal; empty for the team as a whole.';
const indicator = {
  indicator_id: 'The indicator; empty for sales.',
  indicator_ru: 'What it is called in Russian.',
  indicator_en: 'What it is called in English.',
};

/** By table: what it holds, then each of its columns. */
const meanings: Record<string, [string, Record<string, string>]> = {
  pace: [
    'How plans are kept: figures of the team and of each seller, as the API answers them. A closed month stays as it was published last.',
    {
      ...ofPlan,
      ...{ place, user_id: userOrTeam, ...indicator, norm: 'For the whole month.', done: 'Done in the month.' },
      today: 'Done on the day through which the portal was read.',
      due: 'What of the norm is due by the working time that has passed.',
      to_go: 'What is left of the norm.',
      per_day: 'What that takes on each working day left; null when none is.',
      run_rate: 'What the month would come to at this rate; null before any working time.',
      chance: 'Chance to make the norm at a steady rate, from 0 to 1; null before any working time.',
    },
  ],
  plan_money: [
    'What was sold of the target of a plan.',
    {
      ...ofPlan,
      pipeline_id: 'Pipeline of the plan; null for all pipelines of deals.',
      team_id: 'Department that the plan binds.',
      user_id: userOrTeam,
      sold_kopecks: 'Won in the month, in the base currency of the portal.',
      target_kopecks: 'The target, or the part of it by weight.',
      currency: 'Base currency of the portal.',
      elapsed: 'Share of the working time of the month that has passed, from 0 to 1.',
      working_days: 'Working days of the month.',
      days_left: 'Working days of the month that are not over.',
    },
  ],
  pace_day: [
    'How a plan is kept day by day, the team as a whole.',
    {
      ...ofMonth,
      ...{ plan_id: 'The plan.', place, day: 'Day of the month.' },
      due: 'What of the norm is due by the end of the day.',
      done: 'Done from the first day through this one; null for days that nothing is known of yet.',
      due_kopecks: 'What of the target is due by the end of the day; of sales alone.',
      sold_kopecks: 'Sold from the first day through this one, null as in done; of sales alone.',
    },
  ],
  score: [
    'Points of everybody whose scheme counts them. Bounds of points only: no amount and no part of pay.',
    {
      ...ofMonth,
      ...{ user_id: 'User of the portal.', scheme_id: 'The scheme that counts.', version: 'Version of the scheme.' },
      ...{ points: 'Points of the month.', target: 'Target of the scheme.', ratio: 'Points over the target.' },
      reached: 'Highest bound that is reached, as a share of the target; null below the first.',
      next_threshold: 'The next bound, as a share of the target; null at the top.',
      points_missing: 'Points missing to the next bound; null at the top.',
    },
  ],
  score_indicator: [
    'What points are made of.',
    {
      ...ofMonth,
      ...{ user_id: 'User of the portal.', ...indicator, indicator_id: 'The indicator.' },
      actions: 'Done in the month, daily caps applied.',
      credited: 'Of these, what counts within the cap of the period.',
      points: 'Points of the indicator.',
    },
  ],
  score_threshold: [
    'Bounds of points of the schemes that count in a month.',
    {
      ...ofMonth,
      ...{ scheme_id: 'The scheme.', version: 'Version of the scheme.' },
      from_ratio: 'The bound, as a share of the target; inclusive.',
    },
  ],
  agreement: [
    'How far blind second verdicts agree with the first: of all, and by rule. Counts alone; nothing is told of fewer than five.',
    {
      ...ofMonth,
      rule_id: 'The rule; empty for all of them.',
      ...{ from_day: 'First day.', to_day: 'Day after the last one.', n: 'Cases judged twice blindly.' },
      alike: 'Of these, judged alike; null for fewer than five.',
      observed: 'Share of cases judged alike; null for fewer than five.',
      kappa: 'Cohen’s kappa; null for fewer than five, and where both sides always said the same.',
      pabak: 'Kappa adjusted for prevalence and bias; null for fewer than five.',
    },
  ],
  run: [
    'When the figures of a portal were published last.',
    {
      ...everywhere,
      as_of: 'Through when the portal had been read; null before the first time.',
      published_at: 'When the figures were last known to be right; null if they never were.',
      position: 'Position of the log that the read models had all reached.',
      seconds: 'How long it took to work them out last.',
      error_code: 'Why the last attempt failed; null when it did not.',
    },
  ],
};

function comments(): string[] {
  const told = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return Object.entries(meanings).flatMap(([table, [meaning, columns]]) => [
    `COMMENT ON TABLE published.${table} IS ${told(meaning)}`,
    ...Object.entries(columns).map(
      ([column, text]) => `COMMENT ON COLUMN published.${table}."${column}" IS ${told(text)}`,
    ),
  ]);
}
