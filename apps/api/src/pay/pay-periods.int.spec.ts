import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import readXlsxFile from 'read-excel-file/node';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { simulationSchema } from '../schemes/scheme-simulation.schemas.js';
import { sellersScheme } from '../schemes/written-scheme.spec-fixture.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import { readUpTo } from './closed-month.spec-fixture.js';
import { disputeListSchema } from './pay-disputes.schemas.js';
import { payslipSchema, periodSchema } from './pay-periods.schemas.js';
import { monthOf, moved } from './month-of-work.spec-fixture.js';

let api: RunningApi;
let portal: RegisteredPortal;
let head: StaffMember;
let finance: StaffMember;
const sellers = new Map<string, StaffMember>();

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  await appendFacts(api.log, api.keyRing, portal, [
    ...monthOf('6', 105, '4000000'),
    ...monthOf('7', 104, '4000000'),
    ...monthOf('8', 105, '3999900'),
  ]);
  const { portalId } = portal;
  head = await api.staff.signedIn([{ role: 'head', portalId }]);
  finance = await api.staff.signedIn([{ role: 'head', portalId }]);
  for (const portalUserId of ['6', '7', '8'])
    sellers.set(portalUserId, await api.staff.signedIn([{ role: 'seller', portalId, portalUserId }]));
  const letter = { kind: 'activity', activity: 'letter', direction: 'outgoing' };
  const meeting = { kind: 'activity', activity: 'meeting', direction: 'any' };
  const proposal = { kind: 'stage', pipelineId: 'deal:0', stageId: 'PROPOSAL' };
  for (const [indicatorId, measure] of Object.entries({ contacts: letter, meetings: meeting, proposals: proposal })) {
    const name = { ru: indicatorId, en: indicatorId };
    await call(head, 'PUT', `indicators/${indicatorId}`, { name, measure, minutes: null, isOffered: true });
  }
  await api.projected(portal);
});
afterAll(() => api.stop());

async function call(person: { cookie: string } | undefined, method: string, path: string, body?: object) {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, {
    method,
    headers: { cookie: person?.cookie ?? '', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: answer.body };
}
const codeOf = ({ body }: { body: unknown }) => (body as { code?: unknown }).code;
const positionOf = ({ body }: { body: unknown }) => (body as { position: string }).position;
const periodOf = async (person: StaffMember | undefined, month: string, position?: string) => {
  const query = position === undefined ? '' : `?minPosition=${position}`;
  return periodSchema.parse((await call(person, 'GET', `pay-periods/${month}${query}`)).body);
};
const slipOf = async (userId: string, month: string) =>
  payslipSchema.parse((await call(head, 'GET', `pay-periods/${month}/payslips/${userId}`)).body);
const payrollOf = (month: string, format: string) =>
  fetch(`${api.url}/api/v1/portals/${portal.portalId}/pay-periods/${month}/payroll?format=${format}&language=en`, {
    headers: { cookie: head.cookie },
  });

test('a month is refused with all that has to be settled, and closed once nothing is left', async () => {
  const written = await call(head, 'POST', 'schemes', { scheme: sellersScheme, sellerIds: ['6', '7', '8'] });
  const { schemeId } = written.body as { schemeId: string };
  await call(finance, 'POST', `schemes/${schemeId}/approval`, { version: 1 });
  const issued = await call(head, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: '2026-03' });
  const open = await periodOf(head, '2026-03', positionOf(issued));
  expect(open.closed).toBeNull();
  expect(open.refusals.map(({ code, values }) => [code, values['userId'] ?? values['from'] ?? ''])).toEqual([
    ['MONTH_NOT_OVER', ''],
    ['NOT_CERTIFIED', '2026-03-01'],
    ['SCHEME_UNSIGNED', '6'],
    ['SCHEME_UNSIGNED', '7'],
    ['SCHEME_UNSIGNED', '8'],
  ]);
  expect(codeOf(await call(finance, 'POST', 'pay-periods/2026-03/closing'))).toBe('PERIOD_NOT_READY');
  expect((await payrollOf('2026-03', 'csv')).status).toBe(409);

  await readUpTo(api.pool, portal, '2026-03-20T10:00:00.000Z');
  expect((await periodOf(head, '2026-03')).refusals[1]?.values).toEqual({ from: '2026-03-20', to: '2026-03-31' });
  await readUpTo(api.pool, portal, '2026-04-01T10:00:00.000Z');
  for (const seller of sellers.values()) await call(seller, 'POST', `schemes/${schemeId}/signature`, { version: 1 });
  await api.projected(portal);
  expect((await periodOf(head, '2026-03')).refusals).toEqual([]);
  const closed = await call(finance, 'POST', 'pay-periods/2026-03/closing');
  expect(closed.body).toMatchObject({ payslips: 3 });
  const paid = await periodOf(head, '2026-03', positionOf(closed));
  expect(paid.closed).toMatchObject({ payslips: 3, totalKopecks: '14199988' });
  expect(paid.items.map(({ userId, totalKopecks }) => [userId, totalKopecks])).toEqual([
    ['6', '5000000'],
    ['7', '4800000'],
    ['8', '4399988'],
  ]);
  expect(codeOf(await call(finance, 'POST', 'pay-periods/2026-03/closing'))).toBe('PERIOD_CLOSED');
  expect(codeOf(await call(finance, 'POST', 'pay-periods/2026-02/closing'))).toBe('PERIOD_ORDER');
  const next = { scheme: { ...sellersScheme, name: 'Sellers 2' }, sellerIds: ['6'] };
  await call(head, 'PUT', `schemes/${schemeId}`, next);
  await call(finance, 'POST', `schemes/${schemeId}/approval`, { version: 2 });
  const late = await call(head, 'POST', `schemes/${schemeId}/issue`, { version: 2, fromMonth: '2026-03' });
  expect(codeOf(late)).toBe('SCHEME_MONTH_INVALID');
  expect(codeOf(await call(head, 'DELETE', `schemes/${schemeId}?fromMonth=2026-03`))).toBe('SCHEME_MONTH_INVALID');
});

test('a payslip comes out again byte for byte, traced to its facts; sellers see their own', async () => {
  const slip = await slipOf('6', '2026-03');
  expect(slip).toMatchObject({ points: '890', totalKopecks: '5000000', isReproduced: true });
  expect(slip.facts.filter(({ measure }) => measure === 'won:deal:0').map(({ kopecks }) => kopecks)).toEqual(
    Array.from({ length: 5 }, () => '4000000'),
  );
  const own = await periodOf(sellers.get('6'), '2026-03');
  expect(own.items.map(({ userId }) => userId)).toEqual(['6']);
  expect(own.closed).toMatchObject({ payslips: 1, totalKopecks: '5000000' });
  const other = await call(sellers.get('6'), 'GET', 'pay-periods/2026-03/payslips/7');
  expect([other.status, codeOf(other)]).toEqual([404, 'PAYSLIP_UNKNOWN']);
  expect((await call(sellers.get('6'), 'GET', 'pay-periods')).status).toBe(403);
});

test('a payslip whose text was tampered with does not come out again', async () => {
  const before = await slipOf('8', '2026-03');
  const change = (text: string) =>
    api.pool.query(`UPDATE motivation_v1.payslip SET content = $2 WHERE portal_id = $1 AND user_id = '8'`, [
      portal.portalId,
      text,
    ]);
  await change(before.text.replaceAll('4399988', '4399989'));
  expect((await slipOf('8', '2026-03')).isReproduced).toBe(false);
  await change(before.text);
  expect((await slipOf('8', '2026-03')).isReproduced).toBe(true);
});

test('an objection holds the next closing back, and is decided by somebody else than who closed the month', async () => {
  const text = 'Одна продажа моя: сделка 7 001.';
  const body = { month: '2026-03', line: { kind: 'commission', id: null }, text };
  const made = await call(sellers.get('7'), 'POST', 'pay-disputes', body);
  expect(made.status).toBe(200);
  const { disputeId } = made.body as { disputeId: string };
  const second = await call(sellers.get('8'), 'POST', 'pay-disputes', { ...body, line: null });
  const listed = await call(head, 'GET', `pay-disputes?month=2026-04&minPosition=${positionOf(second)}`);
  const { items } = disputeListSchema.parse(listed.body);
  expect(items.map(({ userId, text: said, status }) => [userId, said, status]).toSorted()).toEqual([
    ['7', text, 'open'],
    ['8', text, 'open'],
  ]);
  const raw = await api.pool.query(
    `SELECT event::text AS told FROM log.event event WHERE stream_id LIKE 'pay-dispute:%'`,
  );
  expect(raw.rows).toHaveLength(2);
  expect(JSON.stringify(raw.rows)).not.toContain('сделка');
  const seen = await call(sellers.get('8'), 'GET', 'pay-disputes?month=2026-04');
  expect(disputeListSchema.parse(seen.body).items.map(({ userId }) => userId)).toEqual(['8']);
  const codes = (await periodOf(head, '2026-04')).refusals.map(({ code }) => code);
  expect(codes.filter((code) => code === 'DISPUTE_OPEN')).toHaveLength(2);

  const decision = { outcome: 'upheld', correctionKopecks: '500000', text: 'Да, продажа ваша.' };
  expect(codeOf(await call(finance, 'POST', `pay-disputes/${disputeId}/decision`, decision))).toBe(
    'DISPUTE_OWN_CLOSING',
  );
  const decided = await call(head, 'POST', `pay-disputes/${disputeId}/decision`, decision);
  const withdrawn = (second.body as { disputeId: string }).disputeId;
  expect((await call(sellers.get('7'), 'DELETE', `pay-disputes/${withdrawn}`)).status).toBe(404);
  const back = await call(sellers.get('8'), 'DELETE', `pay-disputes/${withdrawn}`);
  const after = await call(sellers.get('7'), 'GET', `pay-disputes?month=2026-03&minPosition=${positionOf(back)}`);
  expect(disputeListSchema.parse(after.body).items).toEqual([
    expect.objectContaining({ status: 'upheld', decision: 'Да, продажа ваша.', correctionKopecks: '500000' }),
  ]);
  expect(decided.status).toBe(200);
});

test('what becomes known later is adjusted in the next month at the rate of the old one, and March stays as it was', async () => {
  const march = await slipOf('6', '2026-03');
  await appendFacts(api.log, api.keyRing, portal, [moved('60001', 'LOSE', 'F', '6')]);
  await readUpTo(api.pool, portal, '2026-05-01T10:00:00.000Z');
  await api.projected(portal);
  const april = await periodOf(head, '2026-04');
  expect(april.refusals).toEqual([]);
  // 15 % of 200 000 was paid; 12 % of 160 000 is due.
  expect(april.items.find(({ userId }) => userId === '6')?.adjustments).toEqual([
    { month: '2026-03', lines: [{ kind: 'commission', id: null, kopecks: '-1080000' }], advanceKopecks: '0' },
  ]);
  const closed = await call(finance, 'POST', 'pay-periods/2026-04/closing');
  await periodOf(head, '2026-04', positionOf(closed));
  const seven = await slipOf('7', '2026-04');
  expect(seven).toMatchObject({ isReproduced: true, totalKopecks: '1500000' });
  expect(seven.corrections.map(({ month, kopecks }) => [month, kopecks])).toEqual([['2026-03', '500000']]);
  expect(await slipOf('6', '2026-03')).toMatchObject({ hash: march.hash, isReproduced: true });
  expect((await slipOf('6', '2026-04')).isReproduced).toBe(true);
});

test('payroll of a closed month is a file whose rows are the payslips', async () => {
  const csv = (await (await payrollOf('2026-03', 'csv')).text()).replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(csv[0]?.split(';').slice(0, 6)).toEqual([
    'Employee id',
    'Employee',
    'Month',
    'Currency',
    'Salary',
    'Commission',
  ]);
  expect(csv.slice(1).map((row) => row.split(';').toSpliced(1, 1).slice(0, 5))).toEqual([
    ['6', '2026-03', 'RUB', '20000.00', '30000.00'],
    ['7', '2026-03', 'RUB', '18000.00', '30000.00'],
    ['8', '2026-03', 'RUB', '20000.00', '23999.88'],
  ]);
  const answer = await payrollOf('2026-04', 'xlsx');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="payroll-2026-04.xlsx"');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const lines = (await readXlsxFile(bytes)).find(({ sheet }) => sheet === 'Lines')?.data ?? [];
  const of = (userId: string) =>
    lines.filter(([id]) => id === userId).map(([, , what, month, sum]) => [what, month, sum]);
  expect(of('6')).toEqual([
    ['Salary', '2026-04', 10000],
    ['Commission', '2026-04', 0],
    ['Commission', '2026-03', -10800],
  ]);
  expect(of('7').at(-1)).toEqual(['By objections', '2026-03', 5000]);
});

test('a scheme that is tried on recorded months says who wins, who loses, and what the budget hangs on', async () => {
  const commission = { ...sellersScheme.commission, mode: 'marginal' };
  const body = { scheme: { ...sellersScheme, commission }, sellerIds: ['6', '7', '8'], from: '2026-02', to: '2026-03' };
  const tried = simulationSchema.parse((await call(head, 'POST', 'scheme-simulation', body)).body);
  // Of 200 000: 10 % of the first 160 000 and 12 % of the rest; one sale of user 6 was lost since March was paid.
  expect(tried.people.map(({ userId, kopecks, differenceKopecks }) => [userId, kopecks, differenceKopecks])).toEqual([
    ['6', '4600000', '-1400000'],
    ['7', '4880000', '-920000'],
    ['8', '5079988', '-320000'],
  ]);
  expect(tried.months.map(({ month, paidKopecks }) => [month, paidKopecks])).toEqual([
    ['2026-02', null],
    ['2026-03', '14199988'],
  ]);
  const wrong = await call(head, 'POST', 'scheme-simulation', { ...body, to: '2029-01' });
  expect([wrong.status, codeOf(wrong)]).toEqual([400, 'INVALID_REQUEST']);
});

test('a shared sale pays each their part, in the open month and as an adjustment of a closed one', async () => {
  const half = [
    { userId: '7', share: '0.5' },
    { userId: '8', share: '0.5' },
  ];
  const wrong = await call(head, 'PUT', 'sale-shares/80001', { shares: [half[0]] });
  expect(codeOf(wrong)).toBe('SALE_SHARES_INVALID');
  expect(codeOf(await call(head, 'PUT', 'sale-shares/987654', { shares: half }))).toBe('SALE_UNKNOWN');
  const lost = [half[0], { userId: '99', share: '0.5' }];
  expect(codeOf(await call(head, 'PUT', 'sale-shares/80002', { shares: lost }))).toBe('SALE_SHARE_UNPAID');
  const before = await periodOf(head, '2026-05');
  const shared = await call(head, 'PUT', 'sale-shares/80002', { shares: half });
  const may = await periodOf(head, '2026-05', positionOf(shared));
  const adjusted = (userId: string) => may.items.find((item) => item.userId === userId)?.adjustments;
  // User 8 sold for 199 999 at 12 %; without half of 40 000 it is 10 % no more, but 12 % of 179 999. User 7 gets 15 % more.
  expect(before.items.every(({ adjustments }) => adjustments.every(({ month }) => month !== '2026-03'))).toBe(true);
  expect(adjusted('8')).toEqual([
    { month: '2026-03', lines: [{ kind: 'commission', id: null, kopecks: '-240000' }], advanceKopecks: '0' },
  ]);
  expect(adjusted('7')).toEqual([
    { month: '2026-03', lines: [{ kind: 'commission', id: null, kopecks: '300000' }], advanceKopecks: '0' },
  ]);
  expect((await slipOf('8', '2026-03')).isReproduced).toBe(true);
  const back = await call(head, 'PUT', 'sale-shares/80002', { shares: [] });
  expect((await periodOf(head, '2026-05', positionOf(back))).items).toEqual(before.items);
});

test('a month is adjusted for a year; afterwards it stays as it was paid', async () => {
  const half = [
    { userId: '7', share: '0.5' },
    { userId: '8', share: '0.5' },
  ];
  const shared = await call(head, 'PUT', 'sale-shares/80002', { shares: half });
  const adjusted = async (month: string) =>
    (await periodOf(head, month, positionOf(shared))).items.flatMap(({ adjustments }) =>
      adjustments.map(({ month: of }) => of),
    );
  expect(await adjusted('2027-03')).toEqual(['2026-03', '2026-03']);
  expect(await adjusted('2027-04')).toEqual([]);
  await call(head, 'PUT', 'sale-shares/80002', { shares: [] });
});
