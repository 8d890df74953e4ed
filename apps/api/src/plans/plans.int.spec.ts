import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import { readUpTo } from '../pay/closed-month.spec-fixture.js';
import { monthOf } from '../pay/month-of-work.spec-fixture.js';
import { paceSchema } from './pace.schemas.js';
import {
  conversionBaseSchema,
  indicatorListSchema,
  planListSchema,
  planSchema,
  previewSchema,
} from './plans.schemas.js';
import { outlookSchema } from './plan-outlook.schemas.js';
import { march, writePlan } from './written-plan.spec-fixture.js';

let api: RunningApi;
let portal: RegisteredPortal;
let head: StaffMember;
let seller: StaffMember;
let stranger: StaffMember;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  const { portalId } = portal;
  head = await api.staff.signedIn([{ role: 'head', portalId }]);
  seller = await api.staff.signedIn([{ role: 'seller', portalId, portalUserId: '4' }]);
  stranger = await api.staff.signedIn([{ role: 'seller', portalId, portalUserId: '9' }]);
  await api.projected(portal);
});
afterAll(() => api.stop());

async function call(person: { cookie: string }, method: string, path: string, body?: object) {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, {
    method,
    headers: { cookie: person.cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: answer.body };
}
const codeOf = (body: unknown) => (body as { code?: unknown }).code;
const idOf = (body: unknown) => (body as { planId: string }).planId;
const positionOf = (body: unknown) => (body as { position: string }).position;

async function shown(person: { cookie: string }, planId: string, position: string) {
  return call(person, 'GET', `plans/${planId}?minPosition=${position}`);
}

test('the worked example: 417, 125, 100 and 20; 105, 32, 25 and 5 for each seller', async () => {
  const { body } = await call(head, 'POST', 'plan-preview', { content: march.content });
  const { figures, findings } = previewSchema.parse(body);
  expect(figures?.map(({ team }) => team)).toEqual(['417', '125', '100', '20']);
  expect(figures?.map(({ norms }) => norms.map(({ norm }) => norm))).toEqual(
    ['105', '32', '25', '5'].map((norm) => [norm, norm, norm, norm]),
  );
  expect(figures?.[0]).toMatchObject({ exact: '1250/3', surplus: '3' });
  expect(figures?.[2]).toMatchObject({
    conversion: { entered: 60, converted: 12, tooFew: false },
    volumes: [
      { chance: 0.5, volume: 98 },
      { chance: 0.8, volume: 129 },
      { chance: 0.9, volume: expect.any(Number) },
    ],
    chanceAtPlan: expect.closeTo(0.535, 3),
  });
  expect(figures?.[2]?.conversion?.low).toBeCloseTo(0.1183, 4);
  expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['question BREAK_EVEN_BASIS_UNKNOWN']);
});

test('the slip of 820 000 is told, with what it takes', async () => {
  const content = { ...march.content, targetKopecks: '82000000', breakEven: null };
  const { figures, findings } = previewSchema.parse((await call(head, 'POST', 'plan-preview', { content })).body);
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'SALES_TIMES_AVERAGE',
      values: expect.objectContaining({ brings: '800000.00', needed: '21' }),
    }),
  ]);
  expect(figures?.map(({ team }) => team)).toEqual(['438', '132', '105', '21']);
});

test('what contradicts itself has no figures, and is not issued', async () => {
  const steps = [{ indicatorId: 'proposals', entered: 12, converted: 60 }];
  const content = { ...march.content, steps };
  expect(previewSchema.parse((await call(head, 'POST', 'plan-preview', { content })).body)).toMatchObject({
    figures: null,
    findings: [{}, { severity: 'fault', code: 'CONVERSION_IMPOSSIBLE', indicatorId: 'proposals' }],
  });
  const planId = idOf((await call(head, 'POST', 'plans', { ...march, content })).body);
  const refused = await call(head, 'POST', `plans/${planId}/issue`, { version: 1, effectiveFrom: '2026-03-01' });
  expect([refused.status, codeOf(refused.body)]).toEqual([409, 'PLAN_HAS_FAULTS']);
});

test('a plan is written, promised, signed by whom it binds, and a later version leaves it as it was', async () => {
  const drafted = await call(head, 'POST', 'plans', march);
  const planId = idOf(drafted.body);
  expect(drafted).toMatchObject({ status: 200, body: { version: 1 } });
  // A draft is nobody's promise yet.
  expect((await shown(seller, planId, positionOf(drafted.body))).status).toBe(404);
  const issued = await call(head, 'POST', `plans/${planId}/issue`, { version: 1, effectiveFrom: '2026-03-01' });
  const own = planSchema.parse((await shown(seller, planId, positionOf(issued.body))).body);
  expect(own.versions[0]?.signatures).toEqual([expect.objectContaining({ userId: '4', isSigned: false })]);
  expect(own.versions[0]?.content.sellers).toEqual([{ userId: '4', weight: 1 }]);
  expect(own.preview.figures?.map(({ norms }) => norms)).toEqual(
    ['105', '32', '25', '5'].map((norm) => [{ userId: '4', norm }]),
  );
  expect((await shown(stranger, planId, positionOf(issued.body))).status).toBe(404);
  const signed = await call(seller, 'POST', `plans/${planId}/signature`, { version: 1 });
  expect(signed.status).toBe(200);
  expect(codeOf((await call(stranger, 'POST', `plans/${planId}/signature`, { version: 1 })).body)).toBe(
    'PLAN_NOT_BOUND',
  );
  const content = { ...march.content, targetKopecks: '90000000' };
  const second = await call(head, 'PUT', `plans/${planId}`, { ...march, content });
  expect(second).toMatchObject({ body: { version: 2 } });
  const promised = await call(head, 'POST', `plans/${planId}/issue`, { version: 2, effectiveFrom: '2026-03-16' });
  const plan = planSchema.parse((await shown(head, planId, positionOf(promised.body))).body);
  expect(plan.versions.map(({ effectiveFrom, content: said }) => [effectiveFrom, said.targetKopecks])).toEqual([
    ['2026-03-01', '80000000'],
    ['2026-03-16', '90000000'],
  ]);
  expect(plan.versions[0]?.signatures.map(({ userId, isSigned }) => [userId, isSigned])).toEqual([
    ['4', true],
    ['5', false],
    ['6', false],
    ['7', false],
  ]);
  const list = planListSchema.parse((await call(head, 'GET', 'plans?month=2026-03')).body);
  expect(list.items.map((one) => one.planId)).toContain(planId);
  expect(planListSchema.parse((await call(head, 'GET', 'plans?month=2026-04')).body).items).toEqual([]);
});

test('an indicator is defined once, renamed, and never measures something else', async () => {
  const meetings = {
    name: { ru: 'Встречи', en: 'Meetings' },
    measure: { kind: 'activity', activity: 'meeting', direction: 'any' },
    minutes: 60,
    isOffered: true,
  };
  const { body } = await call(head, 'PUT', 'indicators/meetings', meetings);
  const listed = await call(seller, 'GET', `indicators?minPosition=${positionOf(body)}`);
  expect(indicatorListSchema.parse(listed.body).items).toEqual([{ indicatorId: 'meetings', ...meetings }]);
  const other = await call(head, 'PUT', 'indicators/meetings', { ...meetings, measure: { kind: 'paid' } });
  expect([other.status, codeOf(other.body)]).toEqual([409, 'INDICATOR_MEASURE_FIXED']);
  expect(codeOf((await call(seller, 'PUT', 'indicators/calls', meetings)).body)).toBe('NOT_ALLOWED');
});

test('what plans are made of comes from the funnel: how many reached each stage', async () => {
  const asked = 'pipeline=deal:0&from=2026-01-01&to=2026-12-01';
  const { stages } = conversionBaseSchema.parse((await call(head, 'GET', `conversion-base?${asked}`)).body);
  const cohort = await call(head, 'GET', `funnel/cohort?${asked}&definition=reached`);
  const { chain } = cohort.body as { chain: { stages: { stageId: string; reached: number }[] } };
  expect(stages.map(({ stageId, reached }) => ({ stageId, reached }))).toEqual(
    chain.stages.map(({ stageId, reached }) => ({ stageId, reached })),
  );
  expect(stages.length).toBeGreaterThan(2);
  expect(stages[0]?.reached).toBeGreaterThan(0);
});

test('a period counts entries and activities by the ledger, with which no norm is measured otherwise', async () => {
  const asked = 'pipeline=deal:0&from=2026-03-01&to=2026-04-01&method=period';
  const base = conversionBaseSchema.parse((await call(head, 'GET', `conversion-base?${asked}`)).body);
  const { rows } = await api.pool.query<{ measure: string; actions: number }>(
    `SELECT measure, sum(actions)::int AS actions FROM read.ledger_entry
      WHERE portal_id = $1 AND done_at >= '2026-02-28T21:00:00Z' AND done_at < '2026-03-31T21:00:00Z' GROUP BY 1`,
    [portal.portalId],
  );
  const counted = new Map(rows.map(({ measure, actions }) => [measure, actions]));
  expect(base.immature).toBe(0);
  expect(base.stages.at(-1)?.reached).toBe(counted.get('won:deal:0') ?? 0);
  for (const { stageId, reached } of base.stages.slice(0, -1))
    expect([stageId, reached]).toEqual([stageId, counted.get(`stage:deal:0:${stageId}`) ?? 0]);
  expect(base.stages.some(({ reached }) => reached > 0)).toBe(true);
});

test('the pace of a month: what each did by the ledger, without what was undone or sold in other money', async () => {
  for (const [indicatorId, stageId] of [
    ['march-meetings', 'MEETING'],
    ['march-proposals', 'PROPOSAL'],
  ] as const) {
    const measure = { kind: 'stage', pipelineId: 'deal:0', stageId };
    const name = { ru: stageId, en: stageId };
    await call(head, 'PUT', `indicators/${indicatorId}`, { name, measure, minutes: null, isOffered: true });
  }
  const content = {
    ...march.content,
    name: 'Pace',
    targetKopecks: '40000000',
    statedSales: null,
    steps: [
      { indicatorId: 'march-meetings', entered: 4, converted: 2 },
      { indicatorId: 'march-proposals', entered: 2, converted: 1 },
    ],
    sellers: ['4', '5'].map((userId) => ({ userId, weight: 1 })),
  };
  const planId = idOf((await call(head, 'POST', 'plans', { ...march, content })).body);
  const issued = await call(head, 'POST', `plans/${planId}/issue`, { version: 1, effectiveFrom: '2026-03-01' });
  await shown(head, planId, positionOf(issued.body));
  const pace = async (person: StaffMember) => {
    const { body } = await call(person, 'GET', `pace?month=2026-03&minPosition=${positionOf(issued.body)}`);
    const view = paceSchema.parse(body);
    return { ...view, plan: view.plans.find((one) => one.planId === planId) };
  };
  const { plan, workingDays, elapsed } = await pace(head);
  expect([workingDays, elapsed]).toEqual([{ all: 21, left: 0 }, 1]);
  const told = plan?.rows.map(({ userId, cells, sold, target }) => [
    userId,
    cells.map(({ norm, done, toGo }) => `${done} of ${norm}, ${toGo} to go`),
    sold,
    target,
  ]);
  // Deal 3 went back from proposal to meeting; 1 000 $ are not roubles.
  expect(told).toEqual([
    ['4', ['3 of 20, 17 to go', '2 of 10, 8 to go', '2 of 5, 3 to go'], '15000050', '20000000'],
    ['5', ['1 of 20, 19 to go', '0 of 10, 10 to go', '0 of 5, 5 to go'], '0', '20000000'],
  ]);
  expect(plan?.team.map(({ norm, done, due, perDay, runRate }) => [norm, done, due, perDay, runRate])).toEqual([
    ['40', 4, 40, null, 4],
    ['20', 2, 20, null, 2],
    ['10', 2, 10, null, 2],
  ]);
  expect((await pace(seller)).plan?.rows.map(({ userId }) => userId)).toEqual(['4']);
  // Three share it to the kopeck.
  const three = { ...content, name: 'Three', sellers: ['4', '5', '6'].map((userId) => ({ userId, weight: 1 })) };
  const shared = idOf((await call(head, 'POST', 'plans', { ...march, content: three })).body);
  const last = await call(head, 'POST', `plans/${shared}/issue`, { version: 1, effectiveFrom: '2026-03-01' });
  await shown(head, shared, positionOf(last.body));
  const { plans } = paceSchema.parse((await call(head, 'GET', 'pace?month=2026-03')).body);
  const targets = plans.find((one) => one.planId === shared)?.rows.map(({ target }) => target);
  expect(targets).toEqual(['13333334', '13333333', '13333333']);
});

test.each([
  [{ targetKopecks: '1.5' }],
  [{ steps: [{ indicatorId: 'x', entered: -1, converted: 0 }] }],
  [{ sellers: [{ userId: '4', weight: 0.5 }] }],
  [{ unknown: 1 }],
])('content with %j is refused', async (change) => {
  const refused = await call(head, 'POST', 'plan-preview', { content: { ...march.content, ...change } });
  expect([refused.status, codeOf(refused.body)]).toEqual([400, 'INVALID_REQUEST']);
});

test('a plan stands beside what was sold before, and beside what is under way', async () => {
  const other = await api.portal('https://lotos.bitrix24.ru/rest/1/abcdefgh12345678/');
  // 25 deals of one day in March, five of them won at once.
  await appendFacts(api.log, api.keyRing, other, monthOf('6', 3, '4000000'));
  await readUpTo(api.pool, other, '2026-03-20T09:00:00.000Z');
  const planOf = async (month: string, sellers?: string[]) => {
    const planId = await writePlan(api.log, other, { month, sellers });
    await api.projected(other);
    const { portalId } = other;
    const manager = await api.staff.signedIn([{ role: 'head', portalId }]);
    const path = `/api/v1/portals/${portalId}/plans/${planId}/outlook`;
    return outlookSchema.parse((await ask(api, path, { headers: { cookie: manager.cookie } })).body);
  };
  const april = await planOf('2026-04');
  expect(april.adequacy).toMatchObject({
    months: [{ month: '2026-03', sales: 5, kopecks: '20000000' }],
    ...{ percentile: 1, usualKopecks: '20000000', usualSales: 5, usualAverageKopecks: '4000000', uplift: 4 },
  });
  // One of the four sold five, which is the norm of each.
  expect(april.replay.at(-1)).toEqual({
    ...{ indicatorId: null, planned: 20, usual: 5, reached: 0, normsMade: 1, normsAsked: 4 },
  });
  // Deals that were not won at once were not won at all: nothing comes of those that stand, nor of new ones.
  expect(april.split).toMatchObject({
    won: { sales: 0, kopecks: '0' },
    open: { deals: 20, expected: 0, kopecks: '0' },
    ...{ missing: 20, moreDeals: null, chanceOfNew: 0 },
  });
  const mine = await planOf('2026-04', ['6']);
  expect(mine.replay.at(-1)).toMatchObject({ planned: 20, usual: 5, reached: 0, normsMade: 0, normsAsked: 1 });
  const march = await planOf('2026-03');
  expect(march.split).toMatchObject({ won: { sales: 5, kopecks: '20000000' }, missing: expect.any(Number) });
  expect((await planOf('2026-02')).split).toBeNull();
});

test('with rates of each seller, who converts worse is asked for more, drawn towards the team', async () => {
  const conversions = (won: number) => [
    { entered: 60, converted: 18 },
    { entered: 18, converted: 15 },
    { entered: 15, converted: won },
  ];
  const sellers = march.content.sellers.map((seller, place) => ({
    ...seller,
    conversions: conversions([6, 3, 2, 1][place] ?? 0),
  }));
  const base = { ...march.content.base, pooling: 'shrunk' as const };
  const { body } = await call(head, 'POST', 'plan-preview', { content: { ...march.content, base, sellers } });
  const figures = previewSchema.parse(body).figures ?? [];
  const norms = figures[2]?.norms.map(({ norm }) => Number(norm)) ?? [];
  expect(norms).toEqual([...norms].sort((one, other) => one - other));
  expect(norms[0]).toBeLessThan(norms[3] ?? 0);
  expect(figures.at(-1)?.norms.map(({ norm }) => norm)).toEqual(['5', '5', '5', '5']);
  const wrong = sellers.map((seller) => ({ ...seller, conversions: seller.conversions.slice(1) }));
  const refused = await call(head, 'POST', 'plan-preview', { content: { ...march.content, base, sellers: wrong } });
  expect([refused.status, codeOf(refused.body)]).toEqual([400, 'INVALID_REQUEST']);
});
