import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { casePageSchema } from '../cases/cases.schemas.js';
import { everythingBy, openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { disciplineSchema } from './discipline.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let anna: StaffMember;
let boris: StaffMember;
let seller: StaffMember;

const weeks = 'from=2026-03-02&to=2026-03-16';

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  const { portalId } = portal;
  anna = await api.staff.signedIn([{ role: 'curator', portalId, portalUserId: '21' }]);
  boris = await api.staff.signedIn([{ role: 'curator', portalId, portalUserId: '22' }]);
  seller = await api.staff.signedIn([{ role: 'seller', portalId, portalUserId: '4' }]);
  const open = (ruleId: string, user: string, startAt: string, mode: 'active' | 'baseline' | 'shadow' = 'active') =>
    openCase(api.log, portal, { ruleId, people: everythingBy(user), about: `deal:${user}`, startAt, mode });
  // The first instant of the period in the portal's zone, and the last one before its end.
  await open('L01', '4', '2026-03-01T21:00:00.000Z');
  await open('L01', '4', '2026-03-15T20:59:59.000Z', 'baseline');
  await open('D08', '4', '2026-03-04T09:00:00.000Z');
  await open('D08', '5', '2026-03-04T09:00:00.000Z');
  // None of these counts: before, after, in shadow, and what was judged false.
  await open('L01', '4', '2026-03-01T20:59:59.000Z');
  await open('L01', '4', '2026-03-15T21:00:00.000Z');
  await open('L01', '4', '2026-03-04T09:00:00.000Z', 'shadow');
  await judged('5', 'false');
  await api.projected(portal);
});
afterAll(() => api.stop());

/** A case of D08 that Anna decided; drawn for a second verdict when told so. */
async function judged(user: string, verdict: 'real' | 'false', isDrawn = false): Promise<void> {
  const startAt = '2026-03-05T09:00:00.000Z';
  const caseId = await openCase(api.log, portal, {
    ruleId: 'D08',
    people: everythingBy(user),
    about: 'deal:9',
    startAt,
  });
  const by = anna.accountId;
  const at = new Date().toISOString();
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict, by, seconds: 4, template: '' } },
    ...(isDrawn ? [{ type: 'SecondReviewDrawn' as const, data: { reason: 'sample' as const, of: by, at } }] : []),
  ]);
}

const as = async (person: { cookie: string }, path: string) =>
  (await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, { headers: { cookie: person.cookie } })).body;
const discipline = async (person: { cookie: string }, more = '') =>
  disciplineSchema.parse(await as(person, `discipline?${weeks}${more}`));
const listed = async (person: { cookie: string }, more = '') =>
  casePageSchema.parse(await as(person, `cases?lane=violations&${weeks}${more}`)).total;

test('each figure counts the cases that the lane of violations lists', async () => {
  const { byRule, byPerson } = await discipline(anna);
  expect(byRule.map(({ ruleId, title, violations }) => [ruleId, title?.en === undefined, violations])).toEqual([
    ['D08', false, 2],
    ['L01', false, 2],
  ]);
  expect(byPerson.map(({ person, violations }) => [person?.userId, violations])).toEqual([
    ['4', 3],
    ['5', 1],
  ]);
  for (const { ruleId, violations } of byRule) expect(await listed(anna, `&ruleId=${ruleId}`)).toBe(violations);
  for (const { person, violations } of byPerson)
    expect(await listed(anna, `&person=${person?.userId}`)).toBe(violations);
});

test('figures are narrowed to a rule and a person', async () => {
  const narrowed = await discipline(anna, '&ruleId=D08&person=4');
  expect(narrowed.cells.map(({ ruleId, person, violations }) => [ruleId, person?.userId, violations])).toEqual([
    ['D08', '4', 1],
  ]);
  expect(await listed(anna, '&ruleId=D08&person=4')).toBe(1);
});

test('a seller sees nobody else, whomever they ask about', async () => {
  const own = await discipline(seller);
  expect(own.byPerson.map(({ person, violations }) => [person?.userId, violations])).toEqual([['4', 3]]);
  expect(await listed(seller)).toBe(3);
  expect((await discipline(seller, '&person=5')).cells).toEqual([]);
});

test('whoever is to give a second verdict cannot read the first from a figure', async () => {
  const before = (await discipline(boris)).byRule.find(({ ruleId }) => ruleId === 'D08')?.violations ?? 0;
  const listedBefore = await listed(boris, '&ruleId=D08');
  await judged('5', 'real', true);
  await judged('5', 'false', true);
  await api.projected(portal);
  // Both count alike, and neither is listed; Anna knows what she said.
  expect((await discipline(boris)).byRule.find(({ ruleId }) => ruleId === 'D08')?.violations).toBe(before + 2);
  expect(await listed(boris, '&ruleId=D08')).toBe(listedBefore);
  expect((await discipline(anna)).byRule.find(({ ruleId }) => ruleId === 'D08')?.violations).toBe(before + 1);
});
