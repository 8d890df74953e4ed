import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { monthOf } from '../pay/month-of-work.spec-fixture.js';
import { paySchema } from '../pay/provisional-pay.schemas.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import { schemePreviewSchema, schemeViewSchema } from './schemes.schemas.js';
import { plainScheme, sellersScheme } from './written-scheme.spec-fixture.js';

let api: RunningApi;
let portal: RegisteredPortal;
let head: StaffMember;
let finance: StaffMember;
let seller: StaffMember;

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
  seller = await api.staff.signedIn([{ role: 'seller', portalId, portalUserId: '6' }]);
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

async function call(person: { cookie: string }, method: string, path: string, body?: object) {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, {
    method,
    headers: { cookie: person.cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: answer.body };
}
const codeOf = ({ body }: { body: unknown }) => (body as { code?: unknown }).code;
const positionOf = ({ body }: { body: unknown }) => (body as { position: string }).position;

async function issuedScheme(sellerIds: string[]): Promise<{ schemeId: string; position: string }> {
  const written = await call(head, 'POST', 'schemes', { scheme: sellersScheme, sellerIds });
  const { schemeId } = written.body as { schemeId: string };
  await call(finance, 'POST', `schemes/${schemeId}/approval`, { version: 1 });
  const issued = await call(head, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: '2026-03' });
  return { schemeId, position: positionOf(issued) };
}

test('the worked example to the kopeck: 50 000 at plan, 48 000 with a point less, 43 999.88 with a rouble less', async () => {
  const { position } = await issuedScheme(['6', '7', '8']);
  const { body } = await call(head, 'GET', `provisional-pay?month=2026-03&minPosition=${position}`);
  const pay = paySchema.parse(body);
  expect(pay.items.map(({ userId, points, totalKopecks }) => [userId, points, totalKopecks])).toEqual([
    ['6', '890', '5000000'],
    ['7', '889', '4800000'],
    ['8', '890', '4399988'],
  ]);
  expect(pay.items.map(({ nextThreshold }) => nextThreshold)).toEqual([
    null,
    { missing: '1', part: '1', gainKopecks: '200000' },
    null,
  ]);
  // A rouble more is the tier of 15 %.
  expect(pay.items[2]?.nextTier).toEqual({ missingKopecks: '100', rate: '3/20', gainKopecks: '600012' });
  expect(pay.items[2]?.lines.map(({ kind, kopecks }) => [kind, kopecks])).toEqual([
    ['salary', '2000000'],
    ['commission', '2399988'],
  ]);
  const more = await call(head, 'GET', `provisional-pay?month=2026-03&minPosition=${position}&soldMore=100`);
  expect(paySchema.parse(more.body).items[2]?.whatIf?.totalKopecks).toBe('5000000');
});

test('a seller sees their own pay and scheme alone, and signs it', async () => {
  const { schemeId, position } = await issuedScheme(['6', '7']);
  const { items } = paySchema.parse(
    (await call(seller, 'GET', `provisional-pay?month=2026-03&minPosition=${position}`)).body,
  );
  expect(items.map(({ userId, isSigned }) => [userId, isSigned])).toEqual([['6', false]]);
  const signed = await call(seller, 'POST', `schemes/${schemeId}/signature`, { version: 1 });
  const view = await call(seller, 'GET', `schemes/${schemeId}?minPosition=${positionOf(signed)}`);
  expect(schemeViewSchema.parse(view.body).versions[0]?.signatures).toEqual([
    expect.objectContaining({ userId: '6', isSigned: true }),
  ]);
  const others = await issuedScheme(['7']);
  const hidden = await call(seller, 'GET', `schemes/${others.schemeId}?minPosition=${others.position}`);
  expect([hidden.status, codeOf(hidden)]).toEqual([404, 'SCHEME_UNKNOWN']);
});

test('nobody approves what they wrote, and what contradicts itself is not approved', async () => {
  const written = await call(head, 'POST', 'schemes', { scheme: plainScheme, sellerIds: ['6'] });
  const { schemeId } = written.body as { schemeId: string };
  expect(codeOf(await call(head, 'POST', `schemes/${schemeId}/approval`, { version: 1 }))).toBe('SCHEME_OWN_APPROVAL');
  expect(codeOf(await call(head, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: '2026-03' }))).toBe(
    'SCHEME_NOT_APPROVED',
  );
  const tiers = [
    { from: '0', rate: '0.20' },
    { from: '1', rate: '0.10' },
  ];
  const scheme = { ...sellersScheme, commission: { ...sellersScheme.commission, tiers } };
  const { findings } = schemePreviewSchema.parse((await call(head, 'POST', 'scheme-preview', { scheme })).body);
  expect(findings).toContainEqual(
    expect.objectContaining({ severity: 'fault', code: 'TABLE_FALLS', path: 'commission.tiers.1.rate' }),
  );
  await call(head, 'PUT', `schemes/${schemeId}`, { scheme, sellerIds: ['6'] });
  expect(codeOf(await call(finance, 'POST', `schemes/${schemeId}/approval`, { version: 1 }))).toBe('SCHEME_HAS_FAULTS');
});

test('who read what people earn is recorded', async () => {
  const reader = await api.staff.signedIn([{ role: 'head', portalId: portal.portalId }]);
  await call(reader, 'GET', 'provisional-pay?month=2026-03');
  const { body } = await call(reader, 'GET', `audit?accountId=${reader.accountId}`);
  const { items } = body as { items: { action: string }[] };
  expect(items.map(({ action }) => action)).toContain('pay.read');
});

test('a scheme by the plan pays nothing and says why where there is no plan', async () => {
  const scheme = { ...sellersScheme, commission: { ...sellersScheme.commission, quota: 'plan' } };
  const written = await call(head, 'POST', 'schemes', { scheme, sellerIds: ['9'] });
  const { schemeId } = written.body as { schemeId: string };
  await call(finance, 'POST', `schemes/${schemeId}/approval`, { version: 1 });
  const issued = await call(head, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: '2026-03' });
  const { body } = await call(head, 'GET', `provisional-pay?month=2026-03&minPosition=${positionOf(issued)}`);
  expect(paySchema.parse(body).items.find(({ userId }) => userId === '9')).toMatchObject({
    fault: 'PLAN_MISSING',
    currency: 'RUB',
    lines: [],
  });
});

test.each([
  { ...sellersScheme, fine: '100.00' },
  { ...sellersScheme, commission: { ...sellersScheme.commission, tiers: [{ from: '0', rate: '-0.1' }] } },
  { ...sellersScheme, salary: { amount: 20000 } },
])('what is no scheme is refused with the path of the fault: %#', async (scheme) => {
  const refused = await call(head, 'POST', 'scheme-preview', { scheme });
  expect([refused.status, codeOf(refused)]).toEqual([400, 'INVALID_REQUEST']);
});
