import { ageOf, portalColumn, type ReportingView } from './view.js';

const month = { month: 'Month of the plan, `YYYY-MM`' };
const plan = { ...portalColumn, ...month, plan_id: 'Plan', plan_name: 'Name of the plan' };
const indicator = { indicator_id: 'Indicator; empty for sales', indicator: 'Name of the indicator' };
const indicatorName = (row: string): string =>
  `coalesce(nullif(${row}.indicator_ru, ''), CASE ${row}.indicator_id WHEN '' THEN 'Продажи' ELSE ${row}.indicator_id END) AS indicator`;

const planMonth: ReportingView = {
  schema: 'grafana',
  name: 'plan_month',
  about: 'Months that have plans or points, and when their figures were last written.',
  columns: { ...portalColumn, ...month, as_of: 'CRM instant up to which the portal was read for them' },
  query: `
    SELECT known.portal_id, known.month, run.as_of
      FROM (SELECT bucket, portal_id, month FROM published.plan_money
            UNION SELECT bucket, portal_id, month FROM published.score) known
      LEFT JOIN published.run run USING (bucket, portal_id)`,
};

const planPace: ReportingView = {
  schema: 'grafana',
  name: 'plan_pace',
  about: 'How each indicator of a plan is kept, by person and for the team, as the page of plans says it.',
  columns: {
    ...plan,
    place: 'Order of the indicators; sales come last',
    user_id: 'User; empty for the team',
    ...indicator,
    norm: 'For the whole month',
    done: 'Done so far',
    today: 'Of that, on the last day read',
    due: 'What of the norm is due by the working time that has passed',
    to_go: 'What is left of the norm',
    per_day: 'What that takes on each working day left; null when none is',
    run_rate: 'What the month would come to at this rate; null before any working time',
    chance: 'Chance to make the norm at a steady rate, 0 to 1; null before any working time',
  },
  query: `
    SELECT pace.portal_id, pace.month, pace.plan_id::text AS plan_id, pace.plan_name, pace.place, pace.user_id, pace.indicator_id,
           ${indicatorName('pace')},
           pace.norm, pace.done, pace.today, pace.due, pace.to_go, pace.per_day, pace.run_rate, pace.chance
      FROM published.pace pace`,
};

const planMoney: ReportingView = {
  schema: 'grafana',
  name: 'plan_money',
  about: 'What was sold of the target of a plan, by person and for the team.',
  columns: {
    ...plan,
    user_id: 'User; empty for the team',
    sold_kopecks: 'Sold in hundredths of the currency of the portal',
    target_kopecks: 'Target, or the part of it by weight',
    currency: 'Currency of both',
    elapsed: 'Share of the working time of the month that has passed',
    working_days: 'Working days of the month',
    days_left: 'Of these, not over',
  },
  query: `
    SELECT money.portal_id, money.month, money.plan_id::text AS plan_id, money.plan_name, money.user_id, money.sold_kopecks,
           money.target_kopecks, money.currency, money.elapsed, money.working_days, money.days_left
      FROM published.plan_money money`,
};

const planDay: ReportingView = {
  schema: 'grafana',
  name: 'plan_day',
  about: 'A plan of a team day by day, added up since the first of the month.',
  columns: {
    ...portalColumn,
    ...month,
    plan_id: 'Plan',
    place: 'Order of the indicators; sales come last',
    day: "Day in the portal's zone",
    day_end: 'Instant at which the day ends',
    due: 'What of the norm is due by its end',
    done: 'Done by its end; null for days to come',
    due_kopecks: 'What of the target is due by its end; of sales only',
    sold_kopecks: 'Sold by its end; of sales only, null for days to come',
  },
  query: `
    SELECT day.portal_id, day.month, day.plan_id::text AS plan_id, day.place, day.day,
           (day.day + 1)::timestamp AT TIME ZONE portal.zone AS day_end, day.due, day.done, day.due_kopecks, day.sold_kopecks
      FROM published.pace_day day JOIN registry.portal portal USING (portal_id)`,
};

const score: ReportingView = {
  schema: 'grafana',
  name: 'score',
  about: 'Points of people in a month beside the target of their scheme; nothing of what they are paid.',
  columns: {
    ...portalColumn,
    ...month,
    user_id: 'User',
    scheme_id: 'Scheme that counts the points',
    points: 'Points so far',
    target: 'Target of the scheme',
    ratio: 'Points of the target; 1 is all of it',
    reached: 'Highest threshold reached, of the target; null below the first',
    next_threshold: 'Next threshold, of the target; null at the top',
    points_missing: 'Points missing to it',
  },
  query: `
    SELECT score.portal_id, score.month, score.user_id, score.scheme_id::text AS scheme_id, score.points::float8 AS points,
           score.target::float8 AS target, score.ratio, score.reached, score.next_threshold,
           score.points_missing::float8 AS points_missing
      FROM published.score score`,
};

const scoreIndicator: ReportingView = {
  schema: 'grafana',
  name: 'score_indicator',
  about: 'What the points of people are made of.',
  columns: {
    ...portalColumn,
    ...month,
    user_id: 'User',
    ...indicator,
    actions: 'Actions done',
    credited: 'Of these, within the caps',
    points: 'Points they bring',
  },
  query: `
    SELECT part.portal_id, part.month, part.user_id, part.indicator_id, ${indicatorName('part')}, part.actions,
           part.credited, part.points::float8 AS points
      FROM published.score_indicator part`,
};

const scoreThreshold: ReportingView = {
  schema: 'grafana',
  name: 'score_threshold',
  about: 'Thresholds of schemes, as shares of their target.',
  columns: { ...portalColumn, ...month, scheme_id: 'Scheme', from_ratio: 'From this share of the target on' },
  query: `
    SELECT bound.portal_id, bound.month, bound.scheme_id::text AS scheme_id, bound.from_ratio
      FROM published.score_threshold bound`,
};

const agreement: ReportingView = {
  schema: 'grafana',
  name: 'agreement',
  about: 'How alike curators decide, by rule; nothing where fewer than five cases were decided twice.',
  columns: {
    ...portalColumn,
    ...month,
    rule_id: 'Rule; empty for all of them',
    pairs: 'Cases that two curators decided',
    alike: 'Of these, alike; null where there are too few',
    observed: 'Share decided alike, 0 to 1',
    kappa: 'Agreement beyond chance (Cohen)',
    pabak: 'The same, free of prevalence and bias',
  },
  query: `
    SELECT known.portal_id, known.month, known.rule_id, known.n AS pairs, known.alike, known.observed, known.kappa, known.pabak
      FROM published.agreement known`,
};

const figuresRun: ReportingView = {
  schema: 'grafana',
  name: 'figures_run',
  about: 'When the figures of plans and points of a portal were last written.',
  columns: {
    ...portalColumn,
    as_of: 'CRM instant up to which the portal was read for them',
    published_at: 'When they were written, or found unchanged',
    age_seconds: 'Since then',
    error_code: 'Why the last attempt failed; null when it did not',
  },
  query: `
    SELECT run.portal_id, run.as_of, run.published_at,
           ${ageOf('run.published_at')} AS age_seconds, run.error_code
      FROM published.run run`,
};

export const figureViews: readonly ReportingView[] = [
  planMonth,
  planPace,
  planMoney,
  planDay,
  score,
  scoreIndicator,
  scoreThreshold,
  agreement,
  figuresRun,
];
