import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isInstallationPermission, type Role, roles } from '@funnelwatch/identity-contracts';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { closeMonth } from '../pay/closed-month.spec-fixture.js';
import type { StaffMember } from '../identity/staff.spec-fixture.js';
import { type RunningApi, startApi } from '../running-api.spec-fixture.js';
import {
  nowhere,
  type Operation,
  operationsOfTheDocument,
  pathAt,
  type Place,
  routeCases,
} from './route-cases.spec-fixture.js';
import { appendFacts, dealFacts, type Fact } from '../small-company.spec-fixture.js';
import { StaffedPortals } from './staffed-portal.spec-fixture.js';

/** A deal and an employee whom only portal B has. */
const onlyTheirs: Fact[] = [
  ...dealFacts({ id: '88', ownerId: '78', roubles: 88_000, path: [['NEW', 3]] }),
  {
    kind: 'user',
    id: '78',
    verb: 'Appeared',
    occurredAt: '2026-03-01T09:00:00.000Z',
    data: { fields: { active: true, departmentIds: [] }, extra: {}, derived: {} },
    sealed: { 'user:78': { name: 'Секретный', lastName: 'Сотрудник' } },
  },
];

/** Everybody of portal A asks every route for what belongs to portal B: as if it did not exist, to the letter. */

let api: RunningApi;
let portals: StaffedPortals;
let ours: RegisteredPortal;
let theirs: RegisteredPortal;
let theirPlace: Place;
const people = new Map<Role, StaffMember>();

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portals = new StaffedPortals(api);
  ours = await portals.company('romashka.bitrix24.ru');
  theirs = await portals.company('lotos.bitrix24.ru', onlyTheirs);
  theirPlace = { ...(await portals.place(theirs.portalId)), recordId: '88', freeUserId: '78' };
  const paid = { month: '2020-02', userId: '88' };
  await closeMonth(api.log, theirs, paid);
  await api.projected(theirs);
  Object.assign(theirPlace, { payMonth: paid.month, paidUserId: paid.userId });
  theirPlace.silenceId = await portals.silence(theirs);
  theirPlace.messageId = await portals.feedback(theirs, theirPlace.memberId);
  theirPlace.auditId = await portals.audit(theirs);
  await api.pool.query('UPDATE registry.portal SET name = $2 WHERE portal_id = $1', [theirs.portalId, 'Лотос-Секрет']);
  for (const role of roles) {
    const portalUserId = role === 'seller' ? { portalUserId: '4' } : {};
    people.set(role, await portals.person([{ role, portalId: ours.portalId, ...portalUserId }]));
  }
});
afterAll(async () => {
  await portals.close();
  await api.stop();
});

interface Told {
  status: number;
  headers: Record<string, string>;
  text: string;
}

async function tell(operation: Operation, at: Place, person: StaffMember, seller: string): Promise<Told> {
  const { query, body } = routeCases[operation.name]?.request?.({ ...at, seller }) ?? {};
  if (query?.['asAt']) query['asAt'] = `${theirs.bucket}:${await api.log.head(theirs.bucket)}`;
  const aborting = new AbortController();
  const path = pathAt(operation, at);
  const response = await fetch(`${api.url}${path}?${new URLSearchParams(query).toString()}`, {
    method: operation.method,
    headers: { cookie: person.cookie, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
    signal: aborting.signal,
  });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  const text = isStream ? 'a stream' : await response.text();
  aborting.abort();
  const { date: _date, 'content-length': _length, ...headers } = Object.fromEntries(response.headers);
  // The address that was asked stands in a problem, what was written in its answer; nothing else may differ.
  const alike = text.replace(path, '(path)').replaceAll(at.templateId, '(template)');
  return { status: response.status, headers, text: alike };
}

const operations = await operationsOfTheDocument();
const withIds = operations.filter(({ name, path, method }) => {
  if (!routeCases[name]) throw new Error(`${name} has no case`);
  const asksByBody = method === 'POST' && name.endsWith('/substitutions');
  return path.includes('{') || asksByBody || name.includes('audit') || name.endsWith('/operations/quarantine');
});

/** Rules, channels and months have the same ids in every portal. */
const namesMoreThanThePortal = ({ name, path }: Operation) =>
  (path.replace(/\{(ruleId|channel|layerId|month)\}/, '').match(/\{/g) ?? []).length >
    (path.includes('{portalId}') ? 1 : 0) || /audit|POST .*\/(invitations|substitutions)$/.test(name);

/** Words that stand in portal B alone. */
const secrets = (): string[] => [
  ...[theirPlace.portalId, theirPlace.memberId, theirPlace.otherMemberId, theirPlace.invitationId],
  ...[theirPlace.substitutionId, theirPlace.sessionId],
  'Лотос-Секрет',
  'Secret words',
  'Секретный',
  'Сотрудник',
  'lotos.bitrix24.ru',
];

test.each(withIds.map((operation) => [operation.name, operation] as const))(
  '%s: nothing of another portal, and no sign that it is there',
  async (_name, operation) => {
    for (const [role, person] of people) {
      const seller = role === 'seller' ? '4' : 'all';
      const missing = nowhere(theirPlace);
      const pairs: [string, Place, Place][] = [
        ['in their portal', theirPlace, missing],
        // Their ids within a portal one may see.
        ...(namesMoreThanThePortal(operation)
          ? ([['in ours', { ...theirPlace, portalId: ours.portalId }, { ...missing, portalId: ours.portalId }]] as [
              string,
              Place,
              Place,
            ][])
          : []),
      ];
      for (const [where, there, not] of pairs) {
        // A template may be saved under any id: what was saved is no trace of theirs.
        await api.pool.query('DELETE FROM desk.template WHERE portal_id = $1', [ours.portalId]);
        const [told, toldOfNothing] = [
          await tell(operation, there, person, seller),
          await tell(operation, not, person, seller),
        ];
        expect([role, where, told]).toEqual([role, where, toldOfNothing]);
        expect(secrets().filter((secret) => told.text.includes(secret))).toEqual([]);
        const isRefused = told.status >= 400 || !operation.path.includes('{portalId}');
        if (where === 'in their portal')
          expect([role, isRefused || operation.need === 'signed-in']).toEqual([role, true]);
      }
    }
  },
);

test('lists hold what is one’s own', async () => {
  for (const [role, person] of people) {
    for (const path of ['/api/v1/portals', '/api/v1/session', '/api/v1/sessions', '/api/v1/sign-in']) {
      const text = await (await fetch(`${api.url}${path}`, { headers: { cookie: person.cookie } })).text();
      expect([role, path, secrets().filter((secret) => text.includes(secret))]).toEqual([role, path, []]);
    }
    const list = await fetch(`${api.url}/api/v1/portals`, { headers: { cookie: person.cookie } });
    const { items } = (await list.json()) as { items: { portalId: string }[] };
    expect([role, items.map(({ portalId }) => portalId)]).toEqual([role, [ours.portalId]]);
  }
});

test('a stream of changes tells of its own portal alone', async () => {
  const person = people.get('head');
  const aborting = new AbortController();
  const response = await fetch(`${api.url}/api/v1/portals/${ours.portalId}/changes`, {
    headers: { cookie: person?.cookie ?? '' },
    signal: aborting.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('event: ready')) heard += (await reader?.read())?.value ?? '';
  await appendFacts(
    api.log,
    api.keyRing,
    theirs,
    dealFacts({ id: '89', ownerId: '78', roubles: 1, path: [['NEW', 4]] }),
  );
  await appendFacts(api.log, api.keyRing, ours, dealFacts({ id: '7', ownerId: '4', roubles: 1, path: [['NEW', 4]] }));
  const until = Date.now() + 5000;
  while (!heard.includes('"id":"7"') && Date.now() < until) heard += (await reader?.read())?.value ?? '';
  aborting.abort();
  expect(heard).toContain('"id":"7"');
  expect(heard).not.toContain('"id":"89"');
  const positions = [...heard.matchAll(/"position":"(\d+):/g)].map(([, bucket]) => Number(bucket));
  expect(new Set(positions)).toEqual(new Set([ours.bucket]));
});

test('a seller’s stream names the records that are the seller’s', async () => {
  const { cookie } = await portals.person([{ role: 'seller', portalId: ours.portalId, portalUserId: '5' }]);
  const aborting = new AbortController();
  const response = await fetch(`${api.url}/api/v1/portals/${ours.portalId}/changes`, {
    headers: { cookie },
    signal: aborting.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('event: ready')) heard += (await reader?.read())?.value ?? '';
  const [theirsNow, oursNow] = ['8', '9'].map((id) =>
    dealFacts({ id, ownerId: id === '9' ? '5' : '4', roubles: 1, path: [['NEW', 4]] }),
  );
  await appendFacts(api.log, api.keyRing, ours, [...(theirsNow ?? []), ...(oursNow ?? [])]);
  const until = Date.now() + 5000;
  while (!heard.includes('"id":"9"') && Date.now() < until) heard += (await reader?.read())?.value ?? '';
  aborting.abort();
  expect(heard).toContain('"id":"9"');
  expect(heard).not.toContain('"id":"8"');
});

test('a seller sees their own figures, records and colleagues, and nobody else’s', async () => {
  const seller = people.get('seller');
  const ask = async (path: string) => {
    const response = await fetch(`${api.url}/api/v1/portals/${ours.portalId}/${path}`, {
      headers: { cookie: seller?.cookie ?? '' },
    });
    return {
      status: response.status,
      body: (await response.json()) as { code?: string; items?: { sellerId: string }[] },
    };
  };
  expect(await ask('funnel/now?pipeline=deal:0')).toMatchObject({ status: 403, body: { code: 'OWN_FIGURES_ONLY' } });
  expect(await ask('funnel/now?pipeline=deal:0&seller=4')).toMatchObject({ status: 200 });
  // A deal of a colleague that was deleted is nobody else's business.
  await appendFacts(api.log, api.keyRing, ours, [
    {
      kind: 'deal',
      id: '5',
      verb: 'Deleted',
      occurredAt: '2026-04-05T09:00:00.000Z',
      data: { kind: 'deal', id: '5', lastSeenAt: '2026-04-05T09:00:00.000Z' },
    },
  ]);
  await api.projected(ours);
  expect(await ask('funnel/now?pipeline=deal:0&seller=4')).toMatchObject({ body: { deleted: 0, merged: 0 } });
  const all = await fetch(`${api.url}/api/v1/portals/${ours.portalId}/funnel/now?pipeline=deal:0`, {
    headers: { cookie: api.cookie },
  });
  expect(await all.json()).toMatchObject({ deleted: 1 });
  const colleague = await ask('funnel/now?pipeline=deal:0&seller=5');
  const stranger = await ask('funnel/now?pipeline=deal:0&seller=987654');
  expect(colleague).toEqual(stranger);
  expect((await ask('sellers')).body.items?.map(({ sellerId }) => sellerId)).toEqual(['4']);
  expect(await ask('records/deal/1')).toMatchObject({ status: 200 });
  expect(await ask('records/user/4')).toMatchObject({ status: 200 });
  for (const [theirs, missing] of [
    ['records/deal/4', 'records/deal/987654'],
    // Nor does a time before it was made tell that it is there.
    ['records/deal/4?asOf=2010-01-01T00:00:00.000Z', 'records/deal/987654?asOf=2010-01-01T00:00:00.000Z'],
    ['records/user/5', 'records/user/987654'],
    ['records/deal/4/events', 'records/deal/987654/events'],
  ] as const) {
    const [told, toldOfNothing] = [await ask(theirs), await ask(missing)];
    expect({ ...told.body, instance: '' }).toEqual({ ...toldOfNothing.body, instance: '' });
    expect(told.status).toBe(404);
  }
});

test('a role of the installation is none of a portal’s: rights of the one never come from the other', () => {
  expect(operations.filter(({ need }) => need !== 'public' && need !== 'signed-in').length).toBeGreaterThan(40);
  for (const { need, path } of operations) {
    if (need === 'public' || need === 'signed-in') continue;
    expect([path, isInstallationPermission(need)]).toEqual([path, !path.includes('{portalId}')]);
  }
});
