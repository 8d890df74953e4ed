import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Rational } from '@funnelwatch/kernel';
import { schemeSchema } from '@funnelwatch/motivation';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { everythingBy, openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { readUpTo } from '../pay/closed-month.spec-fixture.js';
import { monthOf } from '../pay/month-of-work.spec-fixture.js';
import { paySchema } from '../pay/provisional-pay.schemas.js';
import { type PaceCell, paceSchema } from '../plans/pace.schemas.js';
import { march, writePlan } from '../plans/written-plan.spec-fixture.js';
import { agreementSchema } from '../quality/quality.schemas.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { sellersScheme } from '../schemes/written-scheme.spec-fixture.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import type { FiguresPublisher } from './figures-publisher.js';
import { publisherAt } from './publisher.spec-fixture.js';

/** Points in parts of a point, and a quota that only those have whom a plan binds. */
const fineScheme = schemeSchema.parse({
  ...sellersScheme,
  salary: {
    ...sellersScheme.salary,
    points: {
      target: 890,
      indicators: [
        { indicator: 'meetings', weight: 5, periodCap: 200 },
        { indicator: 'proposals', weight: 25, largestShare: '0.0512' },
      ],
      shape: 'linear',
      table: [
        { from: '0', part: '0.5' },
        { from: '0.05', part: '0.6' },
        { from: '0.8', part: '1' },
      ],
    },
  },
  commission: { ...sellersScheme.commission, quota: 'plan' },
});

const clock = { at: '2026-03-20T09:01:00.000Z', now: () => new Date(clock.at) };

let api: RunningApi;
let publisher: FiguresPublisher;
let portal: RegisteredPortal;
let other: RegisteredPortal;
let head: StaffMember;
let finance: StaffMember;
let planId: string;

beforeAll(async () => {
  api = await startApi({ withCases: true });
  publisher = publisherAt(clock, api.apiPool);
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  other = await api.portal('https://lotos.bitrix24.ru/rest/1/abcdefgh12345678/');
  const { portalId } = portal;
  head = await api.staff.signedIn([{ role: 'head', portalId }]);
  finance = await api.staff.signedIn([{ role: 'head', portalId }]);
  await appendSmallCompany(api.log, api.keyRing, portal);
  await appendFacts(api.log, api.keyRing, portal, [...monthOf('6', 105, '4000000'), ...monthOf('7', 104, '4000000')]);
  await appendFacts(api.log, api.keyRing, other, monthOf('78', 3, '4000000'));
  await defineIndicators();
  planId = await writePlan(api.log, portal, { isIssued: true, sellers: ['4', '6', '7'] });
  await writePlan(api.log, portal, { isIssued: false });
  await writePlan(api.log, other, { isIssued: true, sellers: ['78', '79'] });
  await issueScheme(sellersScheme, ['6', '7']);
  await issueScheme(fineScheme, ['4', '9']);
  await reviewTwice('L01', ['real', 'real', 'real', 'false', 'real'], 'real');
  await reviewTwice('D01', ['false', 'real'], 'false');
  for (const each of [portal, other]) {
    await readUpTo(api.pool, each, '2026-03-20T09:00:00.000Z');
    await api.projected(each);
  }
  await publisher.publish(portal);
  await publisher.publish(other);
});
afterAll(() => api.stop());

async function call(method: string, path: string, body?: object, person = head) {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, {
    method,
    headers: { cookie: person.cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect([answer.status, answer.body['code']]).toEqual([200, undefined]);
  return answer.body;
}

async function defineIndicators(): Promise<void> {
  const letter = { kind: 'activity', activity: 'letter', direction: 'outgoing' };
  const meeting = { kind: 'activity', activity: 'meeting', direction: 'any' };
  const proposal = { kind: 'stage', pipelineId: 'deal:0', stageId: 'PROPOSAL' };
  for (const [indicatorId, ru, measure] of [
    ['contacts', 'Контакты', letter],
    ['meetings', 'Встречи', meeting],
    ['proposals', 'Предложения', proposal],
  ] as const) {
    const indicator = { name: { ru, en: indicatorId }, measure, minutes: null, isOffered: true };
    await call('PUT', `indicators/${indicatorId}`, indicator);
  }
}

async function issueScheme(scheme: object, sellerIds: string[]): Promise<void> {
  const { schemeId } = await call('POST', 'schemes', { scheme, sellerIds });
  await call('POST', `schemes/${String(schemeId)}/approval`, { version: 1 }, finance);
  await call('POST', `schemes/${String(schemeId)}/issue`, { version: 1, fromMonth: '2026-03' });
}

/** Cases of one rule whose first verdicts are given, and the second of each by somebody else. */
async function reviewTwice(ruleId: string, verdicts: ('real' | 'false')[], second: 'real' | 'false'): Promise<void> {
  for (const verdict of verdicts) {
    const caseId = await openCase(api.log, portal, { ruleId, people: everythingBy('4') });
    await tellOfCase(api.log, portal, caseId, [
      { type: 'VerdictGiven', data: { verdict, by: head.accountId, seconds: 4, template: '' } },
      { type: 'BlindReviewed', data: { verdict: second, by: finance.accountId } },
    ]);
  }
}

/** Rows of one portal in order, without what all of them have in common. */
async function rowsOf(table: string, order: string, of = portal): Promise<Record<string, unknown>[]> {
  const { rows } = await api.pool.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(told) - '{bucket,portal_id,month}'::text[] AS row FROM published.${table} told
      WHERE portal_id = $1 AND month = '2026-03' ORDER BY ${order}`,
    [of.portalId],
  );
  return rows.map(({ row }) => row);
}
const runOf = async (of = portal) =>
  (
    await api.pool.query<{
      as_of: Date | null;
      published_at: Date | null;
      position: number;
      error_code: string | null;
    }>('SELECT as_of, published_at, "position", error_code FROM published.run WHERE portal_id = $1', [of.portalId])
  ).rows[0];
const shown = async () => paceSchema.parse(await call('GET', 'pace?month=2026-03'));

const names: Record<string, [ru: string, en: string]> = {
  '': ['Продажи', 'Sales'],
  contacts: ['Контакты', 'contacts'],
  meetings: ['Встречи', 'meetings'],
  proposals: ['Предложения', 'proposals'],
};
function rowOf(userId: string, cell: PaceCell, place: number) {
  const [indicator_ru, indicator_en] = names[cell.indicatorId ?? ''] ?? [];
  return {
    ...{ plan_id: planId, plan_name: 'March', place, user_id: userId },
    ...{ indicator_id: cell.indicatorId ?? '', indicator_ru, indicator_en },
    ...{ norm: Number(cell.norm), done: cell.done, today: cell.today, due: cell.due, to_go: Number(cell.toGo) },
    ...{ per_day: cell.perDay, run_rate: cell.runRate, chance: cell.chance },
  };
}

test('the pace that is published is that of the API, of the team and of each seller', async () => {
  const { plans, asOf } = await shown();
  expect([asOf, plans.map((plan) => plan.planId)]).toEqual(['2026-03-20T09:00:00.000Z', [planId]]);
  const { team, rows } = plans[0]!;
  expect(team.map(({ done, norm }) => `${done} of ${norm}`)).toEqual([
    '209 of 417',
    '64 of 125',
    '52 of 100',
    '12 of 20',
  ]);
  expect(await rowsOf('pace', 'user_id, place')).toEqual([
    ...team.map((cell, place) => rowOf('', cell, place)),
    ...rows.flatMap(({ userId, cells }) => cells.map((cell, place) => rowOf(userId, cell, place))),
  ]);
});

test('so is the money of plans', async () => {
  const { plans, elapsed, workingDays } = await shown();
  const [plan] = plans;
  const row = (userId: string, { sold, target }: { sold: string; target: string }) => ({
    ...{ plan_id: planId, plan_name: 'March', pipeline_id: 'deal:0', team_id: '1', user_id: userId, currency: 'RUB' },
    ...{ sold_kopecks: Number(sold), target_kopecks: Number(target) },
    ...{ elapsed, working_days: workingDays.all, days_left: workingDays.left },
  });
  expect(elapsed).toBeGreaterThan(0.5);
  expect(await rowsOf('plan_money', 'user_id')).toEqual([
    row('', plan!),
    ...plan!.rows.map((each) => row(each.userId, each)),
  ]);
});

test('days end with what is due and what was done by the pace', async () => {
  const [plan] = (await shown()).plans;
  const days = await rowsOf('pace_day', 'place, day');
  expect(days).toHaveLength(4 * 31);
  plan!.team.forEach(({ norm, done }, place) => {
    const mine = days.filter((row) => row['place'] === place);
    expect(mine.at(-1)).toMatchObject({ day: '2026-03-31', due: Number(norm), done: null });
    expect(mine.findLast((row) => row['done'] !== null)).toMatchObject({ day: '2026-03-20', done });
  });
  const sold = days.filter((row) => row['sold_kopecks'] !== null);
  expect(sold.at(-1)).toMatchObject({ place: 3, day: '2026-03-20', sold_kopecks: Number(plan!.sold) });
  expect(days.at(-1)).toMatchObject({ due_kopecks: Number(plan!.target) });
});

test('points are those of the API, of whom it tells any; what of pay follows from them is not there', async () => {
  const { items } = paySchema.parse(await call('GET', 'provisional-pay?month=2026-03'));
  expect(items.map(({ userId, points, fault }) => [userId, points, fault])).toEqual([
    ['4', '5696/125', null],
    ['6', '890', null],
    ['7', '889', null],
    ['9', null, 'PLAN_MISSING'],
  ]);
  const scores = await rowsOf('score', 'user_id::int');
  const told = items.filter(({ points }) => points !== null);
  expect(
    scores.map(({ user_id, scheme_id, version, points, target, points_missing }) => [
      ...[user_id, scheme_id, version, points, target, points_missing],
    ]),
  ).toEqual(
    told.map(({ userId, schemeId, version, points, target, nextThreshold }) => [
      ...[userId, schemeId, version, Rational.ofText(points ?? '').toNumber(), target],
      nextThreshold && Number(nextThreshold.missing),
    ]),
  );
  expect(scores.map(({ reached, next_threshold }) => [reached, next_threshold])).toEqual([
    [0.05, 0.8],
    [1, null],
    [0.8, 1],
  ]);
  expect((await rowsOf('score_indicator', 'user_id::int, indicator_id')).slice(2, 5)).toEqual(
    [
      ...[{ indicator_id: 'contacts', indicator_ru: 'Контакты', actions: 105, credited: 105, points: 105 }],
      ...[{ indicator_id: 'meetings', indicator_ru: 'Встречи', actions: 32, credited: 32, points: 160 }],
      ...[{ indicator_id: 'proposals', indicator_ru: 'Предложения', actions: 25, credited: 25, points: 625 }],
    ].map((row) => ({ user_id: '6', indicator_en: row.indicator_id, ...row })),
  );
  const bounds = await rowsOf('score_threshold', 'from_ratio');
  expect(bounds.map(({ from_ratio }) => from_ratio)).toEqual([0, 0, 0.05, 0.5, 0.8, 0.8, 1]);
});

test('agreement is that of the API, in all and by rule, and told of five cases or more', async () => {
  const { overall, byRule } = agreementSchema.parse(
    await call('GET', 'curator-agreement?from=2026-03-01&to=2026-04-01'),
  );
  expect(byRule.map(({ ruleId, n }) => [ruleId, n])).toEqual([
    ['D01', 2],
    ['L01', 5],
  ]);
  const row = (rule_id: string, { n, counts, agreement }: typeof overall) => ({
    ...{ rule_id, n, alike: agreement && counts.bothYes + counts.bothNo },
    ...{ from_day: '2026-03-01', to_day: '2026-04-01' },
    ...{ observed: agreement?.observed ?? null, kappa: agreement?.kappa ?? null, pabak: agreement?.pabak ?? null },
  });
  const rows = await rowsOf('agreement', 'rule_id');
  expect(rows).toEqual([row('', overall), ...byRule.map(({ ruleId, ...figure }) => row(ruleId, figure))]);
  expect(rows.map(({ n, alike }) => [n, alike])).toEqual([
    [7, 5],
    [2, null],
    [5, 4],
  ]);
});

test('a portal has its own people only, and the API reads them in its scope alone', async () => {
  const users = async (of: RegisteredPortal) =>
    new Set((await rowsOf('pace', 'user_id', of)).map(({ user_id }) => user_id));
  expect(await users(portal)).toEqual(new Set(['', '4', '6', '7']));
  expect(await users(other)).toEqual(new Set(['', '78', '79']));
  expect((await api.apiPool.query('SELECT FROM published.pace')).rowCount).toBe(0);
  // Nobody defined indicators there: they go by their ids.
  expect((await rowsOf('pace', 'user_id, place', other))[0]).toMatchObject({ indicator_ru: 'contacts', done: 0 });
});

test('without a change nothing but the time is written, and any change of what figures rest on is published', async () => {
  const later = (time: string) => {
    clock.at = time;
    return publisher.publish(portal);
  };
  const before = await runOf();
  expect(before).toMatchObject({ as_of: new Date('2026-03-20T09:00:00Z'), error_code: null });
  expect(before?.position).toBe(await api.log.head(portal.bucket));
  const writers = () => api.pool.query('SELECT xmin FROM published.pace UNION ALL SELECT xmin FROM published.pace_day');
  const written = (await writers()).rows;
  expect(await later('2026-03-20T09:02:00.000Z')).toBe('renewed');
  expect(await runOf()).toEqual({ ...before, published_at: new Date('2026-03-20T09:02:00Z') });
  expect((await writers()).rows).toEqual(written);

  await readUpTo(api.pool, portal, '2026-03-20T09:02:30.000Z');
  expect(await later('2026-03-20T09:03:00.000Z')).toBe('written');
  expect(await later('2026-03-20T09:04:00.000Z')).toBe('renewed');
  await writePlan(api.log, portal, { isIssued: false });
  await api.projected(portal);
  expect(await later('2026-03-20T09:05:00.000Z')).toBe('written');
  portal = await api.registry.changeSettings(portal.portalId, portal.settingsVersion, {
    workingHours: { ...portal.workingHours, from: '08:00' },
  });
  expect(await later('2026-03-20T09:06:00.000Z')).toBe('written');
  expect(await later('2026-03-21T09:06:00.000Z')).toBe('written');
  expect(await later('2026-03-21T09:07:00.000Z')).toBe('renewed');
  // Whoever emptied the tables, as a restored backup has them, gets them back.
  await api.pool.query('DELETE FROM published.run WHERE portal_id = $1', [portal.portalId]);
  expect(await later('2026-03-21T09:08:00.000Z')).toBe('written');
  expect((await rowsOf('plan_money', 'user_id'))[0]).toMatchObject({ elapsed: (await shown()).elapsed });
});

test('a month that is over stays as it was published last', async () => {
  const before = await rowsOf('pace', 'user_id, place');
  await readUpTo(api.pool, portal, '2026-05-10T09:00:00.000Z');
  clock.at = '2026-06-02T09:00:00.000Z';
  expect(await publisher.publish(portal)).toBe('written');
  const { rows } = await api.pool.query<{ month: string }>(
    'SELECT DISTINCT month FROM published.agreement WHERE portal_id = $1 ORDER BY 1',
    [portal.portalId],
  );
  // As the portal was read, and as the clock has it.
  expect(rows.map(({ month }) => month)).toEqual(['2026-02', '2026-03', '2026-04', '2026-05', '2026-06']);
  expect(await rowsOf('pace', 'user_id, place')).toEqual(before);
  expect((await shown()).elapsed).toBe(1);
});

test('of a portal that was never read, figures go by the clock', async () => {
  const fresh = await api.portal('https://fresh.bitrix24.ru/rest/1/abcdefgh12345678/');
  clock.at = '2026-03-05T09:00:00.000Z';
  await writePlan(api.log, fresh, { isIssued: true, sellers: ['4', '4'] });
  // A slip of the pen asks for more contacts than a column holds.
  const steps = march.content.steps.map((step) => ({ ...step, entered: 1_000_000_000, converted: 1 }));
  const slip = await writePlan(api.log, fresh, { isIssued: true, content: { ...march.content, steps } });
  await api.projected(fresh);
  expect(await publisher.publish(fresh)).toBe('written');
  expect((await runOf(fresh))?.as_of).toBeNull();
  const [money, ...rest] = await rowsOf('plan_money', 'user_id', fresh);
  // Whoever stands twice in a plan is told once, and the slip not at all.
  expect(rest).toMatchObject([{ user_id: '4' }]);
  expect(money?.['plan_id']).not.toBe(slip);
  clock.at = '2026-03-05T10:00:00.000Z';
  expect(await publisher.publish(fresh)).toBe('written');
  expect((await rowsOf('plan_money', 'user_id', fresh))[0]?.['elapsed']).toBeGreaterThan(Number(money?.['elapsed']));
});
