import { addDays, addMonths, isDay } from '../format/dates.js';
import { readMoment } from '../moment/moment.js';
import type { Moment } from '../moment/moment.js';

/** Everything the Funnel page shows is in its address: these are the parameters. */

export const views = ['now', 'flow', 'cohort'] as const;
export type FunnelView = (typeof views)[number];

export const definitions = ['reached', 'strict', 'touched', 'transition'] as const;
export type Definition = (typeof definitions)[number];

const figures = [
  'now.standing',
  'now.open',
  'now.won',
  'now.lost',
  'gone.deleted',
  'gone.merged',
  'flow.entries',
  'flow.visits',
  'flow.created',
  'flow.won',
  'flow.lost',
  'flow.rollbacks',
  'flow.reopened',
  'flow.left',
  'cohort.population',
  'cohort.counted',
  'cohort.converted',
  'cohort.immature',
  'cohort.censored',
  'chain.population',
  'chain.counted',
  'chain.reached',
  'chain.immature',
  'chain.censored',
  'transitions.exits',
] as const;
export type FigureKey = (typeof figures)[number];

/** What the API calls the destination of those that left for another pipeline. */
export const LEFT_THE_PIPELINE = 'left';

export type FunnelSearch = Moment & {
  view?: FunnelView;
  pipeline?: string;
  seller?: string;
  /** A calendar month `YYYY-MM`; excludes from and to. */
  month?: string;
  /** First day of the period. */
  from?: string;
  /** First day after the period. */
  to?: string;
  definition?: Definition;
  /** Days each object is followed, as a decimal text; absent: to date. */
  horizon?: string;
  /** The number whose records are open. */
  figure?: FigureKey;
  stage?: string;
  toStage?: string;
  /** The seller of the open number, when it is another than the page's. */
  of?: string;
  /** The month of the open number, when it is another than the page's. */
  at?: string;
  /** The record that is open, `deal:123`. */
  record?: string;
};

type Raw = Record<string, unknown>;

function pattern(raw: Raw, name: string, shape: RegExp): string | undefined {
  const value = raw[name];
  return typeof value === 'string' && shape.test(value) ? value : undefined;
}

function oneOf<T extends string>(raw: Raw, name: string, allowed: readonly T[]): T | undefined {
  return allowed.find((each) => each === raw[name]);
}

const SELLER = /^(unknown|\d{1,18})$/;
const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;
// Control characters are what the API refuses.
const STAGE = /^\P{Cc}{1,100}$/u;

/** Reads the page's parameters; whatever is not valid is left out instead of failing. */
export function readFunnelSearch(raw: Raw): FunnelSearch {
  const month = pattern(raw, 'month', MONTH);
  const from = isDay(raw.from) ? raw.from : undefined;
  const to = isDay(raw.to) ? raw.to : undefined;
  const isRange = month === undefined && from !== undefined && to !== undefined && from < to;
  const figure = oneOf(raw, 'figure', figures);
  const search: FunnelSearch = {
    view: oneOf(raw, 'view', views),
    pipeline: pattern(raw, 'pipeline', /^(lead|deal|invoice):\d{1,9}$/),
    seller: pattern(raw, 'seller', SELLER),
    month,
    from: isRange ? from : undefined,
    to: isRange ? to : undefined,
    definition: oneOf(raw, 'definition', definitions),
    horizon: pattern(raw, 'horizon', /^[1-9]\d{0,2}$/),
    figure,
    stage: figure && pattern(raw, 'stage', STAGE),
    toStage: figure && pattern(raw, 'toStage', STAGE),
    of: figure && pattern(raw, 'of', /^(all|unknown|\d{1,18})$/),
    at: figure && pattern(raw, 'at', MONTH),
    ...readMoment(raw),
    record: pattern(raw, 'record', /^[a-z-]{1,20}:[0-9A-Za-z:_-]{1,40}$/),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** Which part of the address belongs to the open number; set to nothing to close it. */
export const noFigure = {
  figure: undefined,
  stage: undefined,
  toStage: undefined,
  of: undefined,
  at: undefined,
  record: undefined,
} satisfies FunnelSearch;

/** A half-open period of calendar days of the portal's zone. */
export type Period = { from: string; to: string };

/** The period the page asks for; without one the month that `today` (a day) lies in. */
export function periodOf(search: FunnelSearch, today: string): Period {
  if (search.from !== undefined && search.to !== undefined) return { from: search.from, to: search.to };
  const month = search.month ?? today.slice(0, 7);
  return monthPeriod(month);
}

/** The days of a month `YYYY-MM`. */
export function monthPeriod(month: string): Period {
  return { from: `${month}-01`, to: `${addMonths(month, 1)}-01` };
}

/** The month a period is exactly, or `null`. */
export function monthOf(period: Period): string | null {
  const month = period.from.slice(0, 7);
  const whole = monthPeriod(month);
  return period.from === whole.from && period.to === whole.to ? month : null;
}

export type Preset = 'last7' | 'last30' | 'last90' | 'quarter' | 'previousQuarter' | 'year';

/** Ready-made periods; they include `today`. */
export function presetPeriod(preset: Preset, today: string): Period {
  const tomorrow = addDays(today, 1);
  const month = today.slice(0, 7);
  const quarter = `${month.slice(0, 5)}${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, '0')}`;
  switch (preset) {
    case 'last7':
      return { from: addDays(tomorrow, -7), to: tomorrow };
    case 'last30':
      return { from: addDays(tomorrow, -30), to: tomorrow };
    case 'last90':
      return { from: addDays(tomorrow, -90), to: tomorrow };
    case 'quarter':
      return { from: `${quarter}-01`, to: `${addMonths(quarter, 3)}-01` };
    case 'previousQuarter':
      return { from: `${addMonths(quarter, -3)}-01`, to: `${quarter}-01` };
    case 'year':
      return { from: `${month.slice(0, 4)}-01-01`, to: `${addMonths(`${month.slice(0, 4)}-12`, 1)}-01` };
  }
}
