import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { randomUUID } from 'node:crypto';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { caseCardSchema, casePageSchema } from './cases.schemas.js';
import { coachingListSchema } from './coachings.schemas.js';
import { openCase, openCoaching, tellOfCase } from './opened-case.spec-fixture.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;
let anna: StaffMember;

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}`;
  anna = await api.staff.signedIn([{ role: 'curator', portalId: portal.portalId, portalUserId: '21' }]);
});
afterAll(() => api.stop());

const as = (who: StaffMember, path: string, method = 'GET') =>
  ask(api, `${root}/${path}`, { method, headers: { cookie: who.cookie } });
const listed = async (who: StaffMember, status = 'open') =>
  coachingListSchema.parse((await as(who, `coachings?status=${status}`)).body).items;

test('a coaching shows its cases, and each case in the queue names it; held, it is out of the way, and that can be undone', async () => {
  const caseIds = [];
  for (const about of ['deal:1', 'deal:2', 'deal:3']) caseIds.push(await openCase(api.log, portal, { about }));
  const coachingId = await openCoaching(api.log, portal, caseIds);
  await api.projected(portal);
  const [coaching] = await listed(anna);
  expect(coaching).toMatchObject({ coachingId, person: { userId: '4' }, ruleId: 'L01', status: 'open', doneAt: null });
  expect(coaching?.cases.map(({ caseId }) => caseId)).toEqual(caseIds);
  const queue = casePageSchema.parse((await as(anna, 'cases')).body);
  expect(queue.items.map((row) => row.coachingId)).toEqual([coachingId, coachingId, coachingId]);

  expect((await as(anna, `coachings/${coachingId}/done`, 'PUT')).body).toMatchObject({
    status: 'done',
    isChanged: true,
  });
  expect((await as(anna, `coachings/${coachingId}/done`, 'PUT')).body).toMatchObject({ isChanged: false });
  await api.projected(portal);
  expect(await listed(anna)).toEqual([]);
  expect(await listed(anna, 'done')).toMatchObject([{ coachingId, doneAt: expect.any(String) }]);
  await as(anna, `coachings/${coachingId}/done`, 'DELETE');
  await api.projected(portal);
  expect(await listed(anna)).toHaveLength(1);
});

test('nobody sees or finishes a coaching about their own work', async () => {
  const vera = await api.staff.signedIn([{ role: 'curator', portalId: portal.portalId, portalUserId: '44' }]);
  const coachingId = await openCoaching(api.log, portal, [], '44');
  await api.projected(portal);
  expect((await listed(vera)).map((one) => one.coachingId)).not.toContain(coachingId);
  expect((await as(vera, `coachings/${coachingId}/done`, 'PUT')).body).toMatchObject({ code: 'COACHING_OWN' });
  expect((await as(anna, `coachings/${randomUUID()}/done`, 'PUT')).body).toMatchObject({ code: 'COACHING_UNKNOWN' });
});

test('whoever is to decide a dispute does not read the first verdict under a coaching', async () => {
  const caseId = await openCase(api.log, portal, { about: 'deal:9' });
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict: 'real', by: randomUUID(), seconds: null, template: '' } },
    { type: 'CaseAnswered', data: { answer: 'disagree', by: '4', messageId: null } },
  ]);
  const coachingId = await openCoaching(api.log, portal, [caseId]);
  await api.projected(portal);
  const coaching = (await listed(anna)).find((one) => one.coachingId === coachingId);
  expect(coaching?.cases).toMatchObject([{ status: 'disputed', verdict: null }]);
});

test('a case that somebody is to review blindly is neither under a coaching nor names one', async () => {
  const caseId = await openCase(api.log, portal, { about: 'deal:8' });
  const other = randomUUID();
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict: 'real', by: other, seconds: null, template: '' } },
    { type: 'SecondReviewDrawn', data: { reason: 'sample', of: other, at: new Date().toISOString() } },
  ]);
  const coachingId = await openCoaching(api.log, portal, [caseId]);
  await api.projected(portal);
  const { items } = casePageSchema.parse((await as(anna, 'second-reviews')).body);
  expect(items).toMatchObject([{ caseId, coachingId: null, verdict: null }]);
  expect((await listed(anna)).find((one) => one.coachingId === coachingId)?.cases).toEqual([]);
});

test('the card of a case whose record was merged says into what', async () => {
  const caseId = await openCase(api.log, portal, { about: 'deal:5' });
  const gone = { startAt: '2026-03-02T07:00:00.000Z', at: '2026-03-02T08:00:00.000Z' };
  const card = async () => caseCardSchema.parse((await as(anna, `cases/${caseId}`)).body);
  await api.projected(portal);
  expect((await card()).voided).toBeNull();
  await tellOfCase(api.log, portal, caseId, [
    { type: 'CaseVoided', data: { ...gone, reason: 'merged', into: 'deal:6' } },
  ]);
  await api.projected(portal);
  expect((await card()).voided).toEqual({
    ...{ reason: 'merged', into: 'deal:6', portalUrl: expect.stringContaining('/deal/details/6/') },
  });
});
