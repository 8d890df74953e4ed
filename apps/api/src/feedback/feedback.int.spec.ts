import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { everythingBy, openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { AnswerTokens } from './answer-token.js';
import { answerPageSchema, caseFeedbackSchema, feedbackPreviewSchema } from './feedback.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;
let curator: StaffMember;
let caseId: string;

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}`;
  await appendSmallCompany(api.log, api.keyRing, portal);
  curator = await api.staff.signedIn([{ role: 'curator', portalId: portal.portalId, portalUserId: '21' }]);
});
beforeEach(async () => {
  const parameters = { minutes: 30, hot_minutes: 10, hot_sources: ['CALL'] };
  caseId = await openCase(api.log, portal, { people: everythingBy('4'), parameters });
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict: 'real', by: curator.accountId, seconds: 4, template: '' } },
  ]);
  await api.projected(portal);
});
afterAll(() => api.stop());

const as = (path: string, method = 'GET', body?: object) =>
  ask(api, `${root}/${path}`, {
    method,
    headers: { cookie: curator.cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const send = (text?: string) =>
  as(`cases/${caseId}/feedback`, 'POST', { channel: 'task', ...(text === undefined ? {} : { text }) });
const said = async () => caseFeedbackSchema.parse((await as(`cases/${caseId}/feedback`)).body);

/** As somebody who has nothing but the link. */
const byLink = (path: string, body: object) =>
  ask(api, `/api/v1/answers${path}`, {
    method: 'POST',
    headers: { cookie: '', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const tokenFor = (userId: string) =>
  new AnswerTokens(api.masterKey).make({ portalId: portal.portalId, caseId, userId }, new Date());
const pageOf = async (userId = '4') =>
  answerPageSchema.parse((await byLink('/inspect', { token: tokenFor(userId) })).body);

test('by a preview nobody can answer as the employee', async () => {
  const preview = feedbackPreviewSchema.parse(
    (await as(`cases/${caseId}/feedback-preview`, 'POST', { channel: 'task' })).body,
  );
  expect(preview.written).toContain(preview.body);
  const link = /https?:\/\/\S+/.exec(preview.written)?.[0] ?? '';
  expect(link).toMatch(/\/answer\?fw=[a-z2-7]{12}#…$/);
  expect(preview.obstacle?.reason).toBe('CHANNEL_OFF');
});

test('a case tells what was said about it to the letter, and not the link', async () => {
  const own = 'Позвоните клиенту сегодня до {minutes}.';
  expect((await send(own)).status).toBe(201);
  const answer = await as(`cases/${caseId}/feedback`);
  const { items } = caseFeedbackSchema.parse(answer.body);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ state: 'waiting', mayCancel: true, mayRetry: false, caseId });
  expect(items[0]?.text?.body).toBe('Позвоните клиенту сегодня до 30.');
  expect(Date.parse(items[0]?.leavesAt ?? '')).toBeGreaterThan(Date.now());
  expect(JSON.stringify(answer.body)).not.toContain('/answer');
  await as(`cases/${caseId}/feedback/${items[0]?.messageId ?? ''}`, 'DELETE');
  expect((await said()).items[0]).toMatchObject({ state: 'cancelled', mayCancel: false, leavesAt: null });
});

test('the page behind a link says what the message said, and no more than that to somebody else', async () => {
  await send('Внесите бюджет в сделку.');
  await api.projected(portal);
  const page = await pageOf();
  expect(page.feedback).toEqual({ ru: 'Внесите бюджет в сделку.', en: 'Внесите бюджет в сделку.' });
  expect(JSON.stringify(page)).not.toMatch(/\{\w+\}/);
  expect(page).toMatchObject({ zone: portal.zone, answer: null, decision: null, about: 'deal:1' });
  // A link for the head of the same case is not written to with the words for the seller.
  expect((await pageOf('9')).feedback.ru).not.toBe('Внесите бюджет в сделку.');
});

test('an answer with a comment reaches the curator, sealed in the log, and goes with the person', async () => {
  const comment = 'Клиент просил не звонить до понедельника';
  const token = tokenFor('4');
  const answered = await byLink('', { token, answer: 'disagree', comment });
  expect([answered.status, answerPageSchema.parse(answered.body).answer]).toEqual([200, 'disagree']);
  // Pressed twice: nothing more is said.
  await byLink('', { token, answer: 'disagree', comment });
  const { answers } = await said();
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({ answer: 'disagree', comment, by: { userId: '4' } });
  const events = await api.log.readStream(portal, `case:${caseId}`);
  expect(JSON.stringify(events)).not.toContain('понедельника');

  await api.projected(portal);
  expect(await pageOf()).toMatchObject({ answer: 'disagree', decision: null });
  await tellOfCase(api.log, portal, caseId, [{ type: 'DisputeDecided', data: { verdict: 'real', by: 'other' } }]);
  await api.projected(portal);
  expect(await pageOf()).toMatchObject({ answer: 'disagree', decision: 'stands' });
  // What one person said is not told to another who has a link about the same case.
  expect(await pageOf('9')).toMatchObject({ answer: null });
});

test('a breach that was let go needs no answer', async () => {
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict: 'acceptable', by: curator.accountId, seconds: 4, template: '' } },
  ]);
  await api.projected(portal);
  expect(await pageOf()).toMatchObject({ answer: null, decision: 'lifted' });
});
