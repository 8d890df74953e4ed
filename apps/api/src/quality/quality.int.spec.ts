import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseEvent } from '@funnelwatch/curation';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { lanes } from '@funnelwatch/curation';
import { everythingBy, openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import { caseCardSchema, casePageSchema } from '../cases/cases.schemas.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany, type Fact } from '../small-company.spec-fixture.js';
import { drawnAudit } from './drawn-audit.spec-fixture.js';
import {
  agreementSchema,
  auditListSchema,
  auditSchema,
  calibrationSchema,
  curatorScoresSchema,
  goldCasesSchema,
  qualitySettingsSchema,
} from './quality.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;
let anna: StaffMember;
let boris: StaffMember;
let vera: StaffMember;
let head: StaffMember;

const userFact = (id: string, departmentIds: string[]): Fact => ({
  kind: 'user',
  id,
  verb: 'Appeared',
  occurredAt: '2026-03-01T09:00:00.000Z',
  data: { fields: { active: true, departmentIds }, extra: {}, derived: {} },
});
const department = (id: string, fields: Record<string, string | null>): Fact => ({
  kind: 'department',
  id,
  verb: 'Appeared',
  occurredAt: '2026-03-01T09:00:00.000Z',
  data: { fields, extra: {}, derived: {} },
});

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}`;
  await appendSmallCompany(api.log, api.keyRing, portal);
  await appendFacts(api.log, api.keyRing, portal, [
    department('10', { headId: '30', parentId: null }),
    department('11', { headId: '31', parentId: '10' }),
    department('20', { headId: '32', parentId: null }),
    userFact('21', ['11']),
    userFact('22', ['20']),
    userFact('30', ['10']),
  ]);
  const { portalId } = portal;
  anna = await api.staff.signedIn([{ role: 'curator', portalId, portalUserId: '21' }]);
  boris = await api.staff.signedIn([{ role: 'curator', portalId, portalUserId: '22' }]);
  vera = await api.staff.signedIn([{ role: 'curator', portalId, portalUserId: '4' }]);
  head = await api.staff.signedIn([{ role: 'head', portalId, portalUserId: '30' }]);
  await api.projected(portal);
});
afterAll(() => api.stop());

const as = (person: { cookie: string }, path: string, method = 'GET', body?: object) =>
  ask(api, `${root}/${path}`, {
    method,
    headers: { cookie: person.cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const command = (person: StaffMember, caseId: string, body: object) =>
  as(person, `cases/${caseId}/commands`, 'POST', body);
const integrator = () => ({ cookie: api.cookie });

/** A case that Anna decided and that was drawn just now. */
async function drawnCase(first: 'real' | 'false', more: CaseEvent[] = []): Promise<string> {
  // Of late, so that it counts in the history of the person.
  const startAt = new Date(Date.now() - 7 * 86_400_000).toISOString();
  const caseId = await openCase(api.log, portal, { people: everythingBy('5'), about: 'deal:4', startAt });
  const by = anna.accountId;
  await tellOfCase(api.log, portal, caseId, [
    { type: 'CaseAssigned', data: { to: by, by } },
    { type: 'VerdictGiven', data: { verdict: first, by, seconds: 4, template: '' } },
    { type: 'SecondReviewDrawn', data: { reason: 'sample', of: by, at: new Date().toISOString() } },
    ...more,
  ]);
  return caseId;
}

test('whatever the first verdict was, everything a second reviewer can ask answers alike', async () => {
  const by = anna.accountId;
  const real = await drawnCase('real', [
    { type: 'FeedbackRequested', data: { messageId: 'm', channel: 'task', to: '5', by } },
    { type: 'FeedbackSent', data: { messageId: 'm', at: '2026-03-03T09:00:00.000Z' } },
    { type: 'CaseSnoozed', data: { until: { kind: 'event' }, reason: 'later', by } },
  ]);
  const dismissed = await drawnCase('false');
  await api.projected(portal);
  expect((await as(anna, `cases/${real}/feedback`, 'POST', { channel: 'task' })).status).toBe(201);
  const messagesOf = async (person: StaffMember) => JSON.stringify((await as(person, 'portal-messages')).body);
  expect(await messagesOf(anna)).toContain(real);
  expect(await messagesOf(boris)).not.toContain(real);
  const told = async (caseId: string) => {
    const alike = (text: string) => text.replaceAll(caseId, '(case)');
    const card = await as(boris, `cases/${caseId}`);
    expect(card.status).toBe(200);
    const answers = [JSON.stringify(card.body)];
    for (const body of [
      { type: 'verdict', verdict: 'real' },
      { type: 'verdict', verdict: 'false' },
      { type: 'undo-verdict' },
      { type: 'wake' },
      { type: 'close' },
      { type: 'reopen' },
      { type: 'assign', to: 'me' },
      { type: 'decide-dispute', verdict: 'real' },
      { type: 'snooze', until: { kind: 'event' }, reason: 'later' },
    ]) {
      const { status, body: problem } = await command(boris, caseId, body);
      expect(problem['code']).toBe('CASE_REVIEW_PENDING');
      answers.push(JSON.stringify([status, problem]));
      const bulk = await as(boris, 'case-commands', 'POST', { caseIds: [caseId], command: body });
      answers.push(JSON.stringify(bulk.body));
    }
    const { status, body } = await as(boris, `cases/${caseId}/feedback`, 'POST', { channel: 'task' });
    answers.push(JSON.stringify([status, body]));
    answers.push(JSON.stringify((await as(boris, `cases/${caseId}/feedback`)).body));
    // Ids and instants of opening are each case's own.
    return answers.map((text) => alike(text).replaceAll(/"(occurredAt|recordedAt|startedAt|opensAt)":"[^"]*"/g, '""'));
  };
  expect(await told(real)).toEqual(await told(dismissed));
  const card = caseCardSchema.parse((await as(boris, `cases/${real}`)).body);
  expect(card).toMatchObject({ verdict: null, isVerdictHidden: true, isBlind: true, secondReview: null, feedback: [] });
  expect(card.row).toMatchObject({ status: 'open', verdict: null, assignee: null });
  expect(card.entries.map(({ type }) => type)).toEqual(['CaseOpened']);
  // The dismissed one too: the sum of the person's violations would tell it otherwise.
  expect(card.history).toMatchObject({ violations: 2 });

  const list = casePageSchema.parse((await as(boris, 'second-reviews')).body);
  expect(list.items.map(({ caseId }) => caseId)).toEqual([real, dismissed].sort());
  const [one, other] = list.items.map(({ caseId: _id, startedAt: _started, opensAt: _opens, ...row }) => row);
  expect(one).toEqual(other);
  for (const lane of lanes) {
    const { items } = casePageSchema.parse((await as(boris, `cases?lane=${lane}`)).body);
    expect(items.filter(({ caseId }) => caseId === real || caseId === dismissed)).toEqual([]);
  }
  const { lanes: counts } = (await as(boris, 'case-summary')).body as { lanes: Record<string, number> };
  expect(counts).toMatchObject({ waiting: 0, snoozed: 0, done: 0 });

  // Anna, whose own verdict it is, and the head see all of it.
  for (const person of [anna, head]) {
    expect((await as(person, `cases/${real}`)).body).toMatchObject({ isBlind: false, verdict: { verdict: 'real' } });
    expect((await as(person, 'second-reviews')).body).toMatchObject({ items: [] });
  }
  expect(await command(anna, real, { type: 'review-blindly', verdict: 'real' })).toMatchObject({
    status: 403,
    body: { code: 'CASE_SAME_REVIEWER' },
  });

  for (const caseId of [real, dismissed]) {
    expect((await command(boris, caseId, { type: 'review-blindly', verdict: 'real' })).status).toBe(200);
  }
  await api.projected(portal);
  expect((await as(boris, 'second-reviews')).body).toMatchObject({ items: [] });
  expect((await as(boris, `cases/${dismissed}`)).body).toMatchObject({
    isBlind: false,
    verdict: { verdict: 'false', by },
    secondReview: { reason: 'sample', state: 'contradicted' },
  });
  // Whoever reads the audit may review next time.
  const audit = JSON.stringify((await as(head, 'audit')).body);
  expect(audit).toContain('review-blindly');
  expect(audit).not.toMatch(/"verdict":/);
});

test('cases about one’s own work are not offered, nor hidden', async () => {
  const caseId = await openCase(api.log, portal, { people: everythingBy('4') });
  const data = { verdict: 'real' as const, by: anna.accountId, seconds: 4, template: '' };
  const at = new Date().toISOString();
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data },
    { type: 'SecondReviewDrawn', data: { reason: 'sample', of: anna.accountId, at } },
  ]);
  await api.projected(portal);
  expect((await as(vera, 'second-reviews')).body).toMatchObject({ items: [] });
  expect(await command(vera, caseId, { type: 'review-blindly', verdict: 'real' })).toMatchObject({
    body: { code: 'CASE_OWN' },
  });
  expect((await as(boris, 'second-reviews')).body).toMatchObject({ total: 1 });
});

test('the draw takes about its share of what was decided, and nobody chooses it', async () => {
  const { body: set } = await as(integrator(), 'quality-settings', 'PUT', {
    secondReviewPercent: 10,
    requireCalibration: false,
    auditsPerSeller: 3,
  });
  expect(set['position']).toBeDefined();
  const caseIds: string[] = [];
  for (let count = 0; count < 150; count += 1) {
    caseIds.push(await openCase(api.log, portal, { ruleId: 'D01', people: everythingBy('6'), about: `deal:${count}` }));
  }
  await api.projected(portal);
  expect(qualitySettingsSchema.parse((await as(anna, 'quality-settings')).body).secondReviewPercent).toBe(10);
  const bulk = await as(anna, 'case-commands', 'POST', { caseIds, command: { type: 'verdict', verdict: 'real' } });
  expect((bulk.body['results'] as { isDone: boolean }[]).every(({ isDone }) => isDone)).toBe(true);
  await api.projected(portal);
  const offered = casePageSchema
    .parse((await as(boris, 'second-reviews')).body)
    .items.filter(({ ruleId }) => ruleId === 'D01');
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.length).toBeLessThan(45);
  const drawn = new Set(offered.map(({ caseId }) => caseId));
  const undrawn = caseIds.find((caseId) => !drawn.has(caseId)) ?? '';
  expect(await command(boris, undrawn, { type: 'review-blindly', verdict: 'real' })).toMatchObject({
    status: 409,
    body: { code: 'CASE_NOT_DRAWN' },
  });
});

test.each([
  [{ secondReviewPercent: 4, requireCalibration: false, auditsPerSeller: 3 }],
  [{ secondReviewPercent: 11, requireCalibration: false, auditsPerSeller: 3 }],
  [{ secondReviewPercent: 7, requireCalibration: false, auditsPerSeller: 0 }],
])('settings out of bounds are refused: %j', async (body) => {
  expect((await as(integrator(), 'quality-settings', 'PUT', body)).status).toBe(400);
});

test('agreement: a curator sees their own pairs, who answers for them sees all', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const query = `curator-agreement?from=${today}&to=${tomorrow}`;
  const all = agreementSchema.parse((await as(head, query)).body);
  expect(all.overall).toMatchObject({ n: 2, counts: { bothYes: 1, bothNo: 0 }, agreement: null });
  expect(all.byPair).toHaveLength(1);
  expect(all.drift).toHaveLength(2);
  expect(agreementSchema.parse((await as(anna, query)).body)).toMatchObject({
    byPair: [{ n: 2 }],
    drift: [{ account: { accountId: anna.accountId } }],
  });
  expect(agreementSchema.parse((await as(vera, query)).body)).toMatchObject({ byPair: [], drift: [] });
});

test('scores: a curator sees their own, a head all, with who stands under a head of sales', async () => {
  const query = 'curator-scores?from=2026-03-01&to=2026-04-01';
  const all = curatorScoresSchema.parse((await as(head, query)).body);
  const under = Object.fromEntries(all.items.map(({ account, reportsToHead }) => [account.accountId, reportsToHead]));
  // Anna's department lies below the one the head leads; Boris's does not.
  expect(under).toMatchObject({ [anna.accountId]: true, [boris.accountId]: false });
  const own = curatorScoresSchema.parse((await as(boris, query)).body);
  expect(own.items.map(({ account }) => account.accountId)).toEqual([boris.accountId]);
  expect(own.items[0]).toMatchObject({ score: 1, calibration: { n: 0, isInTraining: true } });
  const { items } = (await as(head, 'people')).body as {
    items: { userId: string; account: { reportsToHead: boolean } | null }[];
  };
  const flagOf = (userId: string) => items.find((one) => one.userId === userId)?.account?.reportsToHead;
  expect([flagOf('21'), flagOf('22'), flagOf('30')]).toEqual([true, false, false]);
});

test('calibration: gold cases come blind, one after another, and kappa says when training is over', async () => {
  const references = new Map<string, string>();
  for (let count = 0; count < 10; count += 1) {
    const caseId = await openCase(api.log, portal, { people: everythingBy('6'), about: `deal:g${count}` });
    const verdict = count % 2 === 0 ? 'real' : 'false';
    const by = anna.accountId;
    await tellOfCase(api.log, portal, caseId, [
      { type: 'VerdictGiven', data: { verdict, by, seconds: 1, template: '' } },
    ]);
    references.set(caseId, verdict);
  }
  await api.projected(portal);
  for (const [caseId, verdict] of references) {
    const set = await as(integrator(), `gold-cases/${caseId}`, 'PUT', { verdict, reason: 'clear-breach' });
    expect(set.status).toBe(200);
  }
  await api.projected(portal);
  expect(goldCasesSchema.parse((await as(integrator(), 'gold-cases')).body).items).toHaveLength(10);
  expect((await as(boris, 'gold-cases')).status).toBe(403);
  // All of them were judged by Anna already, and chosen by the integrator.
  for (const person of [anna, integrator()]) {
    expect((await as(person, 'calibration', 'POST')).body).toMatchObject({ code: 'GOLD_SET_TOO_SMALL' });
  }
  let { run } = calibrationSchema.parse((await as(boris, 'calibration', 'POST')).body);
  expect(run).toMatchObject({ done: 0, total: 10 });
  await api.projected(portal);
  const first = run?.caseId ?? '';
  expect((await as(boris, `cases/${first}`)).body).toMatchObject({ isBlind: true, verdict: null });
  for (const lane of ['waiting', 'done'] as const) {
    const { items } = casePageSchema.parse((await as(boris, `cases?lane=${lane}&limit=1000`)).body);
    expect(items.filter(({ caseId }) => references.has(caseId))).toEqual([]);
  }
  let last = await as(boris, 'calibration');
  for (let count = 0; run; count += 1) {
    const { caseId } = run;
    // One of ten otherwise than the reference.
    const reference = references.get(caseId);
    const verdict = count === 0 ? (reference === 'real' ? 'false' : 'real') : reference;
    last = await as(boris, 'calibration/verdicts', 'POST', { caseId, verdict });
    ({ run } = calibrationSchema.parse(last.body));
  }
  const { result } = calibrationSchema.parse(last.body);
  expect(result).toMatchObject({ n: 10, isInTraining: false });
  expect(result.kappa).toBeCloseTo(0.8, 10);
  await api.projected(portal);
  expect((await as(boris, `cases/${first}`)).body).toMatchObject({ isBlind: false });
});

test('where calibration is required, a verdict in training waits for a calibrated reviewer', async () => {
  await as(integrator(), 'quality-settings', 'PUT', {
    secondReviewPercent: 5,
    requireCalibration: true,
    auditsPerSeller: 3,
  });
  const caseId = await openCase(api.log, portal, { people: everythingBy('6'), about: 'deal:3' });
  await api.projected(portal);
  expect((await command(vera, caseId, { type: 'verdict', verdict: 'real' })).status).toBe(200);
  await api.projected(portal);
  expect((await as(vera, `cases/${caseId}`)).body).toMatchObject({
    secondReview: { reason: 'training', state: 'pending' },
  });
  const feedback = (person: StaffMember) => as(person, `cases/${caseId}/feedback`, 'POST', { channel: 'task' });
  expect((await feedback(vera)).body).toMatchObject({ code: 'CASE_IN_TRAINING' });
  // Anna is not calibrated either: she is not asked, and sees the case.
  expect((await as(anna, `cases/${caseId}`)).body).toMatchObject({ isBlind: false });
  expect((await as(boris, `cases/${caseId}`)).body).toMatchObject({ isBlind: true });
  expect((await command(boris, caseId, { type: 'review-blindly', verdict: 'real' })).status).toBe(200);
  await api.projected(portal);
  expect((await as(vera, `cases/${caseId}`)).body).toMatchObject({ secondReview: { state: 'confirmed' } });
  expect((await feedback(vera)).status).toBe(201);
});

test('audits: one’s own work is not offered, a score comes from the marks and can be taken back by who gave it', async () => {
  const auditId = await drawnAudit(api.log, portal);
  const other = await drawnAudit(api.log, portal, { seller: '22', about: 'deal:2' });
  await api.projected(portal);
  const idsFor = async (person: StaffMember, state = 'open') =>
    auditListSchema.parse((await as(person, `audits?state=${state}`)).body).items.map((one) => one.auditId);
  expect(await idsFor(vera)).toEqual([other]);
  expect(await idsFor(boris)).toEqual([auditId]);
  expect(await idsFor(anna)).toEqual([auditId, other].sort());
  expect((await as(vera, `audits/${auditId}`)).body).toMatchObject({ code: 'AUDIT_UNKNOWN' });
  expect((await as(head, 'audits')).status).toBe(403);
  const shown = auditSchema.parse((await as(anna, `audits/${auditId}`)).body);
  expect(shown).toMatchObject({ seller: { userId: '4' }, kind: 'deal', scored: null, checklist: { version: 1 } });
  expect(shown.portalUrl).toContain('/crm/deal/details/1/');
  const marks = shown.checklist.items.map(({ itemId, isAutoFail }) => ({ itemId, points: isAutoFail ? 0 : 2 }));
  const score = (person: StaffMember, given: object[], id = auditId) =>
    as(person, `audits/${id}/score`, 'PUT', { marks: given });
  expect((await score(anna, marks.slice(1))).body).toMatchObject({ code: 'AUDIT_MARKS_INVALID' });
  expect((await score(vera, marks)).body).toMatchObject({ code: 'AUDIT_UNKNOWN' });
  expect((await score(anna, marks)).status).toBe(200);
  await api.projected(portal);
  expect(await idsFor(anna, 'scored')).toEqual([auditId]);
  expect(auditSchema.parse((await as(anna, `audits/${auditId}`)).body).scored).toMatchObject({
    score: 62.5,
    isPassed: false,
    failedBy: ['reason'],
    by: { accountId: anna.accountId },
  });
  expect((await score(boris, marks)).body).toMatchObject({ code: 'AUDIT_SCORED' });
  expect((await as(boris, `audits/${auditId}/score`, 'DELETE')).body).toMatchObject({ code: 'AUDIT_NOT_YOURS' });
  // A new version of the checklist is for what is drawn by it.
  const words = { ru: 'слова', en: 'words' };
  const items = [{ itemId: 'need', title: words, anchors: [words, words], weight: 1, isAutoFail: false }];
  expect((await as(integrator(), 'checklists/deal', 'PUT', { title: words, passMark: 50, items })).status).toBe(200);
  expect((await as(anna, `audits/${auditId}/score`, 'DELETE')).status).toBe(200);
  await api.projected(portal);
  expect(auditSchema.parse((await as(anna, `audits/${auditId}`)).body)).toMatchObject({
    scored: null,
    checklist: { version: 1 },
  });
  const all = marks.map(({ itemId }) => ({ itemId, points: 2 }));
  expect((await score(boris, all)).status).toBe(200);
});
