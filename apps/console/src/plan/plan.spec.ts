import { describe, expect, it } from '@jest/globals';
import type { Plan, PlanContent } from '../api/schema.js';
import { draftOf } from './draft-of-plan.js';
import {
  contentOf,
  indicatorOf,
  isTried,
  kopecksOf,
  nothingTried,
  type PlanDraft,
  stepOfActivity,
  triedContent,
  unreadable,
} from './plan-draft.js';
import { readPlanSearch } from './plan-search.js';
import { chanceText } from './plan-words.js';

const draft: PlanDraft = {
  name: 'March',
  pipelineId: 'deal:0',
  teamId: '5',
  target: '800 000',
  averageSale: '40 000,50',
  statedSales: '20',
  margin: '',
  breakEven: '400000',
  breakEvenBasis: 'unknown',
  from: '2025-11-01',
  to: '2026-02-01',
  horizonDays: '30',
  method: 'cohort',
  given: null,
  pooling: 'pooled',
  stageIds: ['NEW', 'MEETING'],
  rounding: 'final',
  split: 'up',
  sellerIds: ['4'],
  days: {},
};
const base = {
  stages: [
    { stageId: 'NEW', name: 'New', reached: 250 },
    { stageId: 'CALL', name: 'Call', reached: 100 },
    { stageId: 'MEETING', name: 'Meeting', reached: 75 },
    { stageId: 'WON', name: 'Won', reached: 12 },
  ],
  activities: [],
  sellers: [],
  immature: 3,
  averageSale: null,
};

describe('the address', () => {
  it('keeps a month and a plan, and nothing else', () => {
    const plan = '6f1c7d7e-4a43-4a31-8f0c-1a7f6cbb0a01';
    expect(readPlanSearch({ month: '2026-03', plan, more: 1 })).toEqual({ month: '2026-03', plan });
    expect(readPlanSearch({ month: '2026-13', plan: 'x', view: 'plan' })).toEqual({});
    expect(readPlanSearch({ view: 'pace' })).toEqual({ view: 'pace' });
  });
});

describe('a draft', () => {
  it('reads amounts as people type them', () => {
    expect(['800 000', '40 000,5', '1.05', '12,345', '', 'x', '-1'].map(kopecksOf)).toEqual([
      '80000000',
      '4000050',
      '105',
      null,
      null,
      null,
      null,
    ]);
  });

  it('says what cannot be read yet', () => {
    expect(unreadable(draft)).toEqual([]);
    expect(unreadable({ ...draft, name: ' ', target: 'much', statedSales: '1,5', sellerIds: [] })).toEqual([
      'name',
      'target',
      'statedSales',
      'sellerIds',
    ]);
  });

  it('takes conversions from how many reached each chosen stage, the won one last', () => {
    const content = contentOf(draft, base, 21);
    expect(content).toMatchObject({
      targetKopecks: '80000000',
      averageSaleKopecks: '4000050',
      breakEven: { kopecks: '40000000', basis: null },
      steps: [
        { indicatorId: 'deal-0-new', entered: 250, converted: 75 },
        { indicatorId: 'deal-0-meeting', entered: 75, converted: 12 },
      ],
      base: { method: 'cohort', horizonDays: 30 },
    });
  });

  it('puts entries and actions of a period beside each other, without a horizon', () => {
    const activity = { activity: 'letter' as const, direction: 'outgoing' as const };
    const activities = [{ ...activity, done: 900 }];
    const stageIds = [stepOfActivity(activity), 'MEETING'];
    const content = contentOf({ ...draft, method: 'period', stageIds }, { ...base, activities }, 21);
    expect(content.steps).toEqual([
      { indicatorId: 'activity-letter-outgoing', entered: 900, converted: 75 },
      { indicatorId: 'deal-0-meeting', entered: 75, converted: 12 },
    ]);
    expect(content.base).toMatchObject({ method: 'period', horizonDays: null });
  });

  it('keeps what was given with a plan, and the parts of its sellers, until somebody counts it from the funnel', () => {
    const given: PlanContent = {
      ...contentOf(draft, base, 21),
      steps: [{ indicatorId: 'letters', entered: 100, converted: 30 }],
      base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
      sellers: [
        { userId: '4', weight: 1 },
        { userId: '5', weight: 2 },
      ],
    };
    const plan = { pipelineId: 'deal:0', teamId: '5', versions: [{ content: given }] } as unknown as Plan;
    const written = draftOf(plan, '2026-03', 'en');
    expect(contentOf(written, undefined, 21)).toEqual(given);
    const counted = contentOf({ ...written, method: 'cohort', stageIds: ['NEW'] }, base, 21);
    expect(counted.steps).toEqual([{ indicatorId: 'deal-0-new', entered: 250, converted: 12 }]);
  });

  it('gives each seller their own counts where rates are drawn towards the team’s', () => {
    const own = {
      userId: '4',
      stages: [
        { stageId: 'NEW', reached: 40 },
        { stageId: 'MEETING', reached: 10 },
        { stageId: 'WON', reached: 1 },
      ],
    };
    const content = contentOf({ ...draft, pooling: 'shrunk', sellerIds: ['4', '5'] }, { ...base, sellers: [own] }, 21);
    expect(content.base.pooling).toBe('shrunk');
    expect(content.sellers.map(({ conversions }) => conversions)).toEqual([
      [
        { entered: 40, converted: 10 },
        { entered: 10, converted: 1 },
      ],
      [
        { entered: 0, converted: 0 },
        { entered: 0, converted: 0 },
      ],
    ]);
  });

  it('weighs sellers by their working days, all of the month unless told', () => {
    const { sellers } = contentOf({ ...draft, sellerIds: ['4', '5', '6'], days: { 5: '10', 6: ' ' } }, base, 21);
    expect(sellers.map(({ weight }) => weight)).toEqual([21, 10, 21]);
    expect(unreadable({ ...draft, days: { 4: 'half' } })).toEqual(['days']);
  });

  it('names indicators by stages, in letters that an id may have', () => {
    expect([indicatorOf('deal:5', 'C5:PREPAYMENT_INVOICE'), indicatorOf('1', '2')]).toEqual([
      'deal-5-c5-prepayment-invoice',
      'stage',
    ]);
    expect(indicatorOf('deal:0', 'X'.repeat(80))).toHaveLength(40);
  });
});

describe('a chance', () => {
  it('is told in whole per cent, never as certain', () => {
    expect([0, 0.004, 0.5, 0.724, 0.999, 1].map((chance) => chanceText(chance, 'en'))).toEqual([
      ...['<1%', '<1%', '50%', '72%', '>99%', '>99%'],
    ]);
  });
});

describe('a trial', () => {
  const content: PlanContent = contentOf(draft, base, 21);

  it('changes what is tried and nothing else', () => {
    const tried = triedContent(content, { conversions: { 'deal-0-meeting': 250 }, averageSaleKopecks: '5000000' });
    expect(tried).toEqual({
      ...content,
      statedSales: null,
      averageSaleKopecks: '5000000',
      steps: [content.steps[0], { indicatorId: 'deal-0-meeting', entered: 1000, converted: 250 }],
    });
    expect([isTried(nothingTried), isTried({ ...nothingTried, averageSaleKopecks: '1' })]).toEqual([false, true]);
  });
});
