import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { z } from 'zod';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import {
  explanationSchema,
  funnelCohortSchema,
  funnelFlowSchema,
  funnelMonthsSchema,
  funnelNowSchema,
  funnelTransitionsSchema,
  recordPageSchema,
} from './funnel.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  await api.projected(portal);
});
afterAll(() => api.stop());

/** The answer, which must fit the documented schema to the letter. */
async function funnel<Schema extends z.ZodType>(schema: Schema, pathAndQuery: string): Promise<z.output<Schema>> {
  const [path, query = ''] = pathAndQuery.split('?');
  const { status, body } = await ask(api, `/api/v1/portals/${portal.portalId}/funnel/${path}?pipeline=deal:0&${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return schema.parse(body);
}

const byStage = <Row extends { stageId: string }>(rows: Row[]) => new Map(rows.map((row) => [row.stageId, row]));

test('now: where the deals stand, money in kopecks, other currencies apart', async () => {
  const answer = await funnel(funnelNowSchema, 'now');
  expect(answer.stages.map(({ stageId, rank, standing }) => [stageId, rank, standing.count])).toEqual([
    ['NEW', 0, 2],
    ['MEETING', 1, 1],
    ['PROPOSAL', 2, 0],
    ['WON', 3, 2],
    ['LOSE', null, 1],
  ]);
  expect(answer.won).toEqual({
    count: 2,
    amountKopecks: '15000050',
    otherCurrencies: [{ currency: 'USD', count: 1, amountKopecks: '100000' }],
  });
  expect(answer.open).toMatchObject({ count: 3, amountKopecks: '14000000' });
  expect(answer.sellers.map(({ sellerId, name }) => [sellerId, name])).toEqual(
    expect.arrayContaining([
      ['4', 'Анна Петрова'],
      ['5', 'Борис Сидоров'],
      ['unknown', null],
    ]),
  );
  expect(answer.basis).toMatchObject({ pipelineName: 'Продажи', seller: 'all', currency: 'RUB', window: null });
});

test('now: one seller', async () => {
  const answer = await funnel(funnelNowSchema, 'now?seller=5');
  expect(answer.open.count).toBe(1);
  expect(answer.lost.count).toBe(1);
  expect(answer.basis.seller).toBe('5');
});

test.each([
  ['an unknown seller', 'now?pipeline=deal:0&seller=777', 'SELLER_UNKNOWN'],
  ['an unknown pipeline', 'now?pipeline=deal:777', 'FUNNEL_PIPELINE_UNKNOWN'],
  ['an unknown stage', 'explain?pipeline=deal:0&view=now&figure=standing&stage=NOWHERE', 'FUNNEL_STAGE_UNKNOWN'],
])('%s is refused', async (_title, path, code) => {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/funnel/${path}`);
  expect(answer).toMatchObject({ status: 404, body: { code } });
});

test('an employee without deals has empty figures', async () => {
  expect((await funnel(funnelNowSchema, 'now?seller=6')).open.count).toBe(0);
});

test('flow: entries of a month in the zone of the portal, period ratios, wins', async () => {
  const answer = await funnel(funnelFlowSchema, 'flow?month=2026-03');
  expect(answer.stages.map(({ stageId, entries, visits }) => [stageId, entries, visits])).toEqual([
    ['NEW', 6, 6],
    ['MEETING', 4, 5],
    ['PROPOSAL', 3, 3],
    ['WON', 2, 2],
    ['LOSE', 1, 1],
  ]);
  expect(answer.totals).toMatchObject({
    created: 6,
    won: 2,
    wonAmountKopecks: '15000050',
    wonOtherCurrencies: [{ currency: 'USD', count: 1, amountKopecks: '100000' }],
    lost: 1,
    rollbacks: 1,
    reopened: 0,
    left: 0,
  });
  expect(answer.stages[0]?.toNext).toEqual({ toStageId: 'MEETING', numerator: 4, denominator: 6, ratio: 4 / 6 });
  expect(answer.basis.window).toEqual({
    from: '2026-02-28T21:00:00.000Z',
    to: '2026-03-31T21:00:00.000Z',
    zone: 'Europe/Moscow',
  });
  const days = await funnel(funnelFlowSchema, 'flow?from=2026-03-01&to=2026-04-01');
  expect(days.totals).toEqual(answer.totals);
});

test('cohort: rates say n, interval and definition; the chain multiplies', async () => {
  const answer = await funnel(funnelCohortSchema, 'cohort?month=2026-03&horizonDays=10');
  expect(answer.horizonDays).toBe(10);
  expect(answer.stages.map(({ stageId }) => stageId)).toEqual(['NEW', 'MEETING', 'PROPOSAL', 'WON']);
  // Deal 6, created on the 31st, is followed for 10 days by the 10th of April, 12:00.
  expect(answer.chain).toMatchObject({ population: 6, n: 6, immature: 0 });
  expect(answer.chain.stages.map(({ stageId, reached }) => [stageId, reached])).toEqual([
    ['NEW', 6],
    ['MEETING', 4],
    ['PROPOSAL', 3],
    ['WON', 2],
  ]);
  expect(answer.chain.stages[1]?.step).toMatchObject({ definition: 'reached', converted: 4, n: 6, tooFew: false });
  expect(answer.chain.stages[2]?.step).toMatchObject({ converted: 3, n: 4, tooFew: true });
  const product = answer.chain.stages.reduce((total, { step }) => total * (step?.share ?? 1), 1);
  expect(product).toBeCloseTo(2 / 6, 12);
  expect(answer.chain.stages[3]?.overall).toMatchObject({ converted: 2, n: 6 });
  expect(answer.steps.map(({ fromStageId, toStageId }) => [fromStageId, toStageId])).toEqual([
    ['NEW', 'MEETING'],
    ['MEETING', 'PROPOSAL'],
    ['PROPOSAL', 'WON'],
  ]);
  expect(answer.overall).toMatchObject({ fromStageId: 'NEW', toStageId: 'WON' });
  expect(answer.sellers.find(({ sellerId }) => sellerId === '4')?.overall?.rate).toMatchObject({ converted: 2, n: 3 });
});

test.each(['reached', 'strict', 'touched'] as const)(
  'cohort: the definition %s is said with each rate',
  async (definition) => {
    const answer = await funnel(funnelCohortSchema, `cohort?month=2026-03&definition=${definition}`);
    expect(answer.definition).toBe(definition);
    expect(answer.horizonDays).toBeNull();
    expect(new Set(answer.steps.map(({ rate }) => rate.definition))).toEqual(new Set([definition]));
  },
);

test('a past moment is asked about by asOf', async () => {
  const answer = await funnel(funnelNowSchema, 'now?asOf=2026-03-07T00:00:00.000Z');
  expect(answer.basis.asOf.at).toBe('2026-03-07T00:00:00.000Z');
  expect(answer.won.count).toBe(0);
  expect(byStage(answer.stages).get('PROPOSAL')?.standing.count).toBe(1);
});

test('transitions: the rows of exits add up', async () => {
  const answer = await funnel(funnelTransitionsSchema, 'transitions?month=2026-03');
  const proposal = answer.rows.find(({ fromStageId }) => fromStageId === 'PROPOSAL');
  expect(proposal?.exits).toBe(3);
  expect(proposal?.destinations.reduce((total, { rate }) => total + rate.converted, 0)).toBe(3);
});

test('months: stage × seller × month', async () => {
  const answer = await funnel(funnelMonthsSchema, 'months?from=2026-02&to=2026-05');
  expect(answer.entries).toContainEqual({ month: '2026-03', sellerId: '4', stageId: 'WON', entries: 2, visits: 2 });
  expect(answer.entries.every(({ month }) => month === '2026-03')).toBe(true);
  expect(answer.results).toContainEqual(expect.objectContaining({ month: '2026-03', sellerId: '5', lost: 1 }));
});

test.each([
  ['view=now&figure=standing', 6],
  ['view=now&figure=open', 3],
  ['view=now&figure=standing&stage=NEW', 2],
  ['view=now&figure=won&seller=4', 2],
  ['view=flow&figure=entries&stage=MEETING&month=2026-03', 4],
  ['view=flow&figure=visits&stage=MEETING&month=2026-03', 5],
  ['view=flow&figure=created&month=2026-03', 6],
  ['view=flow&figure=rollbacks&month=2026-03', 1],
  ['view=cohort&figure=counted&stage=NEW&toStage=WON&month=2026-03&horizonDays=30', 5],
  ['view=cohort&figure=immature&stage=NEW&toStage=WON&month=2026-03&horizonDays=30', 1],
  ['view=cohort&figure=converted&stage=NEW&toStage=WON&month=2026-03&horizonDays=10', 2],
  ['view=transitions&figure=exits&stage=PROPOSAL&month=2026-03', 3],
  ['view=transitions&figure=exits&stage=PROPOSAL&toStage=WON&month=2026-03', 2],
  ['view=transitions&figure=exits&stage=PROPOSAL&toStage=left&month=2026-03', 0],
  ['view=gone&figure=deleted', 0],
])('the records behind %s are as many as the figure says: %i', async (query, expected) => {
  const explained = await funnel(explanationSchema, `explain?${query}`);
  const page = await funnel(recordPageSchema, `records?${query}`);
  expect(explained.value).toBe(expected);
  expect(page.total).toBe(explained.value);
  expect(page.items).toHaveLength(explained.value);
  expect(page.nextCursor).toBeNull();
});

test('records come page by page with titles in clear, and a cursor belongs to its list', async () => {
  const query = 'view=flow&figure=created&month=2026-03&personal=shown';
  const ids: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: z.output<typeof recordPageSchema> = await funnel(
      recordPageSchema,
      `records?${query}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    expect(page.total).toBe(pages === 0 ? 6 : null);
    expect(page.items.every(({ id, title }) => title === `Сделка № ${id}`)).toBe(true);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    pages += 1;
    if (pages === 1) {
      const other = await ask(
        api,
        `/api/v1/portals/${portal.portalId}/funnel/records?pipeline=deal:0&view=flow&figure=won&month=2026-03&cursor=${cursor}`,
      );
      expect(other).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
    }
  } while (cursor !== null);
  expect(pages).toBe(3);
  expect(ids.sort()).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('a figure is explained by definition, inputs, version and events', async () => {
  const answer = await funnel(
    explanationSchema,
    'explain?view=cohort&figure=converted&stage=NEW&toStage=WON&month=2026-03&horizonDays=10',
  );
  expect(answer).toMatchObject({ value: 2, view: 'cohort', figure: 'converted', basis: { version: 'funnel_v1' } });
  expect(answer.definition.length).toBeGreaterThan(20);
  expect(answer.step?.rate).toMatchObject({ converted: 2, n: 6, definition: 'reached' });
  expect(answer.sampleEvents).toHaveLength(2);
  expect(answer.sampleEvents[0]?.eventId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.inputs).toContainEqual({ name: 'horizonDays', value: '10' });
});
