import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decideDiscipline } from '@funnelwatch/curation';
import { systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { everythingBy, openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { plainScheme } from '../schemes/written-scheme.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { paySchema } from './provisional-pay.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let head: StaffMember;

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  head = await api.staff.signedIn([{ role: 'head', portalId: portal.portalId }]);
  const on = { status: 'active', from: '2026-01-01T00:00:00.000Z', by: '1', reason: 'test' } as const;
  await decideDiscipline(
    api.log,
    systemClock,
    portal,
    [{ type: 'RuleStatusSet', data: { ruleId: 'D08', ...on } }],
    'rules',
  );
  for (const [person, checks] of [
    ['6', 100],
    ['7', 20],
  ])
    await api.pool.query(
      `INSERT INTO judge.checks (bucket, portal_id, rule_id, person, week, checks) VALUES ($1, $2, 'D08', $3, '2026-03-02', $4)`,
      [portal.bucket, portal.portalId, person, checks],
    );
  for (let place = 0; place < 5; place += 1) {
    await judged('6', 'real', place);
    await judged('7', 'real', place);
  }
  // None of these lowers anything: acceptable, of shadow, of another month, of a rule that is not on, and not judged.
  await judged('6', 'acceptable', 10);
  await judged('6', 'real', 11, { mode: 'shadow' });
  await judged('6', 'real', 12, { startAt: '2026-04-01T09:00:00.000Z' });
  await judged('6', 'real', 13, { ruleId: 'D09' });
  await open('6', 14, {});
  await api.projected(portal);
});
afterAll(() => api.stop());

type Told = Parameters<typeof openCase>[2];

const open = (person: string, place: number, told: Told) =>
  openCase(api.log, portal, {
    ...{ ruleId: 'D08', severity: 'S1', people: everythingBy(person), about: `deal:${person}0${place}` },
    startAt: '2026-03-04T09:00:00.000Z',
    ...told,
  });

async function judged(person: string, verdict: 'real' | 'acceptable', place: number, told: Told = {}): Promise<void> {
  const caseId = await open(person, place, told);
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict, by: 'anna', seconds: 4, template: '' } },
  ]);
}

test('confirmed violations lower pay at their lower bound, where there are checks enough, and within the bounds', async () => {
  const call = async (method: string, path: string, body?: object) =>
    (
      await ask(api, `/api/v1/portals/${portal.portalId}/${path}`, {
        method,
        headers: { cookie: head.cookie, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
    ).body;
  const finance = await api.staff.signedIn([{ role: 'head', portalId: portal.portalId }]);
  const scheme = { ...plainScheme, quality: { appliesTo: 'all', least: '0.95', most: '1' } };
  const { schemeId } = (await call('POST', 'schemes', { scheme, sellerIds: ['6', '7'] })) as { schemeId: string };
  await ask(api, `/api/v1/portals/${portal.portalId}/schemes/${schemeId}/approval`, {
    method: 'POST',
    headers: { cookie: finance.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1 }),
  });
  const issued = (await call('POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: '2026-03' })) as {
    position: string;
  };
  const pay = paySchema.parse(await call('GET', `provisional-pay?month=2026-03&minPosition=${issued.position}`));
  // Wilson of 5 of 100: from 2.15 % on. Twenty checks are no evidence.
  expect(pay.items.map(({ userId, lines }) => [userId, lines[0]?.because['quality'], lines[0]?.kopecks])).toEqual([
    ['6', '1957/2000', '1957000'],
    ['7', '1', '2000000'],
  ]);
});
