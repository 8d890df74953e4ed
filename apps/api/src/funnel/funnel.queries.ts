import { z } from 'zod';
import {
  asAt,
  cursor,
  day,
  limit,
  momentAskedAbout,
  month,
  personalMode,
  pipelineId,
  readsAfter,
  seller,
  stageId,
} from '../http/plain-values.js';

/** What the funnel routes accept. Periods are half-open: `from` is in, `to` is out. */

const place = {
  ...readsAfter,
  pipeline: pipelineId,
  seller,
  asOf: momentAskedAbout.optional(),
  asAt: asAt.optional(),
};

const period = {
  from: day.optional().meta({ description: 'First day of the period' }),
  to: day.optional().meta({ description: 'First day after the period' }),
  month: month.optional().meta({ description: 'Instead of from and to' }),
};

type PeriodQuery = { from?: string | undefined; to?: string | undefined; month?: string | undefined };

const addIssue = (context: z.RefinementCtx, field: string, message: string) =>
  context.addIssue({ code: 'custom', path: [field], message });

const checkPeriod = (query: PeriodQuery, context: z.RefinementCtx) => {
  if (query.month !== undefined) {
    if (query.from !== undefined || query.to !== undefined) addIssue(context, 'month', 'excludes from and to');
    return;
  }
  if (query.from === undefined) addIssue(context, 'from', 'is needed (or month)');
  if (query.to === undefined) addIssue(context, 'to', 'is needed (or month)');
  if (query.from !== undefined && query.to !== undefined && query.from >= query.to) {
    addIssue(context, 'to', 'must be later than from');
  }
};

export const cohortDefinitions = ['reached', 'strict', 'touched'] as const;

const cohortFields = {
  definition: z
    .enum(cohortDefinitions)
    .default('reached')
    .meta({ description: 'How a step is counted, see docs/funnel-definitions.md' }),
  horizonDays: z
    .union([z.literal('none'), z.coerce.number().int().min(1).max(3650)])
    .default('none')
    .meta({ description: 'Days each object is followed (× 24 h), or `none`: to date' }),
};

export const nowQuery = z.strictObject(place);
export type NowQuery = z.infer<typeof nowQuery>;

export const flowQuery = z.strictObject({ ...place, ...period }).superRefine(checkPeriod);
export type FlowQuery = z.infer<typeof flowQuery>;

export const cohortQuery = z.strictObject({ ...place, ...period, ...cohortFields }).superRefine(checkPeriod);
export type CohortQuery = z.infer<typeof cohortQuery>;

/** Twelve months of a matrix are a page; ten years are the most that is answered at once. */
const monthsLimit = 120;
const monthNumber = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));

export const monthsQuery = z
  .strictObject({
    ...place,
    from: month.meta({ description: 'First month' }),
    to: month.meta({ description: 'First month after the last one' }),
  })
  .superRefine((query, context) => {
    const months = monthNumber(query.to) - monthNumber(query.from);
    if (months <= 0) addIssue(context, 'to', 'must be later than from');
    if (months > monthsLimit) addIssue(context, 'to', `must be at most ${monthsLimit} months after from`);
  });
export type MonthsQuery = z.infer<typeof monthsQuery>;

const figuresByView = {
  now: ['standing', 'open', 'won', 'lost'],
  flow: ['entries', 'visits', 'created', 'won', 'lost', 'rollbacks', 'reopened', 'left'],
  cohort: ['population', 'counted', 'converted', 'immature', 'censored'],
  transitions: ['exits'],
  gone: ['deleted', 'merged'],
} as const;
export type FigureView = keyof typeof figuresByView;
export const figureViews = Object.keys(figuresByView) as [FigureView, ...FigureView[]];
export type Figure = (typeof figuresByView)[FigureView][number];
const allFigures = [...new Set(Object.values(figuresByView).flat())] as [Figure, ...Figure[]];

/** Figures that belong to one stage. */
const needsStage = new Set<string>([
  'flow/entries',
  'flow/visits',
  'transitions/exits',
  ...figuresByView.cohort.map((figure) => `cohort/${figure}`),
]);
/** Figures of a step from one stage to another. */
const needsToStage = new Set<string>(figuresByView.cohort.map((figure) => `cohort/${figure}`));
const timelessViews = new Set<FigureView>(['now', 'gone']);

/** Destination of a transition that stands for "left for another pipeline"; ids of the portal are upper-case. */
export const leftThePipeline = 'left';

const figureFields = {
  ...place,
  ...period,
  ...cohortFields,
  view: z.enum(figureViews).meta({ description: 'Which view the number stands in' }),
  figure: z.enum(allFigures).meta({
    description: Object.entries(figuresByView)
      .map(([view, figures]) => `${view}: ${figures.join(', ')}`)
      .join('; '),
  }),
  stage: stageId.optional().meta({ description: 'Stage of the number; the first stage of a step' }),
  toStage: stageId.optional().meta({
    description:
      'Second stage of a step (for the chain: any later stage, from the first one, by `reached`); destination of a transition, `left` for another pipeline, any when left out',
  }),
};

const checkFigure = (
  query: PeriodQuery & { view: FigureView; figure: Figure; stage?: string | undefined; toStage?: string | undefined },
  context: z.RefinementCtx,
) => {
  const figures: readonly string[] = figuresByView[query.view];
  if (!figures.includes(query.figure)) {
    addIssue(context, 'figure', `must be one of ${figures.join(', ')} in the view ${query.view}`);
    return;
  }
  const key = `${query.view}/${query.figure}`;
  if (needsStage.has(key) && query.stage === undefined) addIssue(context, 'stage', 'is needed for this figure');
  if (needsToStage.has(key) && query.toStage === undefined) addIssue(context, 'toStage', 'is needed for this figure');
  if (!timelessViews.has(query.view)) checkPeriod(query, context);
};

export const explainQuery = z.strictObject(figureFields).superRefine(checkFigure);
export type ExplainQuery = z.infer<typeof explainQuery>;

export const recordsQuery = z
  .strictObject({ ...figureFields, limit, cursor: cursor.optional(), personal: personalMode })
  .superRefine(checkFigure);
export type RecordsQuery = z.infer<typeof recordsQuery>;
