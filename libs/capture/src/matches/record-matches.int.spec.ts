import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eraseSubject } from '@funnelwatch/event-log';
import { forgetPersonalData } from '../erasure/forget-personal-data.js';
import { linkedStreams } from '../erasure/linked-streams.js';
import { channels, MatchingDatabase, type MatchingPortal } from './matching-world.spec-fixture.js';
import { settleDoubtfulLists } from './settle-doubtful-lists.js';

let database: MatchingDatabase;
let portal: MatchingPortal;

beforeAll(async () => {
  database = await MatchingDatabase.create();
});
afterAll(() => database.close());
beforeEach(async () => {
  portal = await database.portal();
});

const withPhone = (id: string, ...phones: string[]) => ({ id, personal: { phones: channels(phones) } });

test('who shares a value is told to both, with the time of what brought it about', async () => {
  await portal.see('contact', [{ ...withPhone('12', '8 (999) 123-45-67'), at: '2026-03-01T09:00:00.000Z' }]);
  expect(await portal.lists()).toEqual({});
  await portal.see('lead', [{ ...withPhone('5', '+7 999 1234567'), at: '2026-03-02T09:00:00.000Z' }]);
  expect(await portal.lists()).toEqual({ 'contact:12': ['lead:5 phone'], 'lead:5': ['contact:12 phone'] });
  const facts = (await portal.facts()).filter(({ type }) => type.endsWith('MatchesFound'));
  expect(facts.map(({ occurredAt, actor, provenance }) => [occurredAt, actor, provenance])).toEqual([
    ['2026-03-02T09:00:00.000Z', 'unknown', 'observed'],
    ['2026-03-02T09:00:00.000Z', 'unknown', 'observed'],
  ]);
  expect(facts.map(({ data }) => Object.keys(data).sort())).toEqual([
    ['id', 'kind', 'matches'],
    ['id', 'kind', 'matches'],
  ]);
});

test('a value that changes, comes back or goes is told each time, and nothing twice', async () => {
  await portal.see('contact', [withPhone('1', '89991234567'), withPhone('2', '89991234567')]);
  await portal.see('contact', [withPhone('2', '89990000012')]);
  expect(await portal.lists()).toEqual({});
  await portal.see('contact', [withPhone('2', '89990000012', '+79991234567')]);
  expect(await portal.lists()).toEqual({ 'contact:1': ['contact:2 phone'], 'contact:2': ['contact:1 phone'] });
  // Another text, the same number: a change of the contact, and none of its list.
  await portal.see('contact', [withPhone('2', '89990000012', '8 999 123 45 67')]);
  await portal.lose('contact', ['2']);
  expect(await portal.lists()).toEqual({});
  await portal.see('contact', [withPhone('2', '89991234567')]);
  const told = await portal.told();
  expect([...told.values()].map((lists) => lists.map(({ matches }) => matches.length))).toEqual([
    [1, 0, 1, 0, 1],
    [1, 0, 1, 0, 1],
  ]);
  const ids = (await portal.facts()).map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('each kind by what it may share, calls only from their side', async () => {
  const phones = channels(['+79991234567']);
  await portal.see('user', [{ id: '4', personal: { phones, email: 'A.Petrov@romashka.ru' } }]);
  await portal.see('company', [
    { id: '7', personal: { title: 'ООО «Свет»', addressCity: 'г. Орёл', phones } },
    { id: '8', personal: { title: 'свет, ООО', addressCity: 'Орел' } },
    { id: '9', personal: { title: 'ООО «Свет»', addressCity: 'Тула' } },
  ]);
  await portal.see('contact', [{ id: '12', personal: { emails: channels([' a.petrov@Romashka.RU']) } }]);
  await portal.see('call', [
    { id: '1', personal: { phoneNumber: '79991234567' } },
    { id: '2', personal: { phoneNumber: '79991234567' } },
  ]);
  await portal.see('lead', [{ id: '5', personal: { title: ' Насос ', phones } }]);
  await portal.see('deal', [
    { id: '5', personal: { title: 'насос' } },
    { id: '6', personal: { title: 'Сделка #6' } },
    { id: '7', personal: { title: 'Сделка #7' } },
    { id: '8', personal: { title: 'тест' } },
    { id: '9', personal: { title: 'тест' } },
  ]);
  await portal.see('requisite', [
    { id: '1', personal: { RQ_INN: '7707083893' }, fields: { ownerKind: 'company', ownerObjectId: '7' } },
    { id: '2', personal: { RQ_INN: ' 7707083893' }, fields: { ownerKind: 'company', ownerObjectId: '8' } },
    { id: '3', personal: { RQ_INN: '7707083894' } },
    { id: '4', personal: { RQ_INN: '7707083894' } },
  ]);
  await portal.see('invoice', [
    { id: '1', personal: { accountNumber: '17' } },
    { id: '2', personal: { accountNumber: '17' } },
  ]);
  expect(await portal.lists()).toEqual({
    'user:4': ['company:7 phone', 'contact:12 email', 'lead:5 phone'],
    'company:7': ['company:8 company', 'lead:5 phone', 'user:4 phone'],
    'company:8': ['company:7 company'],
    'contact:12': ['user:4 email'],
    'call:1': ['lead:5 phone'],
    'call:2': ['lead:5 phone'],
    'lead:5': ['company:7 phone', 'deal:5 title', 'user:4 phone'],
    'deal:5': ['lead:5 title'],
    'requisite:1': ['requisite:2 inn'],
    'requisite:2': ['requisite:1 inn'],
    'invoice:1': ['invoice:2 number'],
    'invoice:2': ['invoice:1 number'],
  });
});

test('portals have nothing in common', async () => {
  const other = await database.portal();
  await portal.see('contact', [withPhone('1', '89991234567')]);
  await other.see('contact', [withPhone('2', '89991234567')]);
  expect([await portal.lists(), await other.lists()]).toEqual([{}, {}]);
  const { rows } = await portal.pool.query(
    'SELECT DISTINCT hash FROM capture.match_key WHERE portal_id = ANY ($1::uuid[])',
    [[portal.address.portalId, other.address.portalId]],
  );
  expect(rows).toHaveLength(2);
});

test('nothing that is kept or told holds the value or could be tried out', async () => {
  await portal.see('contact', [withPhone('1', '89991234567'), withPhone('2', '89991234567')]);
  const { rows } = await portal.pool.query<{ key: string; hash: string }>(
    `SELECT match_key::text AS key, encode(hash, 'hex') AS hash FROM capture.match_key WHERE portal_id = $1`,
    [portal.address.portalId],
  );
  expect(rows).toHaveLength(2);
  const facts = JSON.stringify(await portal.facts());
  for (const { key, hash } of rows) {
    expect(key).not.toContain('9991234567');
    expect(facts).not.toContain(hash);
    expect(facts).not.toContain(Buffer.from(hash, 'hex').toString('base64url'));
  }
  expect(facts).not.toContain('9991234567');
});

describe('of a value that very many share', () => {
  const common = Array.from({ length: 700 }, (_, index) => ({
    id: String(index + 1),
    personal: { title: 'Заявка с сайта' },
  }));

  test('each list names the fifty nearest, whatever the order', async () => {
    await portal.see('lead', common.slice(350));
    await portal.see('lead', common.slice(0, 350));
    const lists = await portal.lists();
    const around = (first: number, last: number, own: number) => [
      ...common.slice(first - 1, last).flatMap(({ id }) => (id === String(own) ? [] : [`lead:${id} title`])),
      'and more',
    ];
    expect(Object.keys(lists)).toHaveLength(700);
    expect(lists['lead:1']).toEqual(around(1, 51, 1));
    expect(lists['lead:350']).toEqual(around(325, 375, 350));
    expect(lists['lead:700']).toEqual(around(650, 700, 700));
  });

  test('one more or less concerns those near to it, and nobody else', async () => {
    await portal.see('lead', common);
    const before = (await portal.facts()).length;
    await portal.lose('lead', ['350']);
    const lost = (await portal.facts()).length - before;
    await portal.see('lead', [{ id: '1000', personal: { title: 'Заявка с сайта' } }]);
    const added = (await portal.facts()).length - before - lost;
    expect(lost).toBeGreaterThan(50);
    expect(lost).toBeLessThan(60);
    // It comes into no list: everybody has fifty that are nearer.
    expect(added).toBe(2);
  });
});

describe('an erasure', () => {
  const erase = (subject: string) =>
    eraseSubject({
      pool: database.pool,
      log: database.log,
      portal: portal.address,
      subject,
      linkedTo: (streams, after) => linkedStreams(database.pool, portal.address, streams, after),
      forget: (client, streams) => forgetPersonalData(client, portal.address, streams),
    });
  const settle = () =>
    settleDoubtfulLists({ pool: portal.pool, writer: portal.writer, tools: portal.tools }, '2026-06-01T09:00:00.000Z');
  const deal = (id: string, contactId: string | null) => ({
    id,
    personal: { title: 'Насос для Анны' },
    fields: { contactId },
  });

  beforeEach(async () => {
    await portal.see('contact', [withPhone('12', '89991234567'), withPhone('13', '89991234567')]);
    await portal.see('deal', [deal('4', '12'), deal('5', null)]);
    await portal.see('call', [{ id: '1', personal: { phoneNumber: '89991234567' } }]);
  });

  test('takes the hashes of the person and of what is linked to it, and the lists follow', async () => {
    expect(await portal.lists()).toMatchObject({ 'deal:5': ['deal:4 title'], 'contact:13': ['contact:12 phone'] });
    await erase('contact:12');
    expect(await portal.keyed()).toEqual(['call:1', 'contact:13', 'deal:5']);
    await settle();
    expect(await portal.lists()).toEqual({ 'call:1': ['contact:13 phone'] });
    const told = (await portal.facts()).filter(({ occurredAt }) => occurredAt === '2026-06-01T09:00:00.000Z');
    expect(told.map(({ streamId }) => streamId).sort()).toEqual([
      'call:1',
      'contact:12',
      'contact:13',
      'deal:4',
      'deal:5',
    ]);
    // What was told before would say which phone the erased contact had.
    const before = (await portal.facts()).filter(({ occurredAt }) => occurredAt !== '2026-06-01T09:00:00.000Z');
    expect(JSON.stringify(before.filter(({ type }) => type.endsWith('MatchesFound')))).not.toContain('contact:12"}');
    const facts = (await portal.facts()).length;
    await settle();
    expect(await portal.facts()).toHaveLength(facts);
  });

  test('is for good: nobody erased, and nothing linked to them, is hashed again', async () => {
    await erase('contact:12');
    await portal.see('contact', [withPhone('12', '89991234567', '89990000012')]);
    await portal.see('deal', [deal('4', '12'), deal('6', '12')]);
    await portal.see('call', [
      { id: '2', personal: { phoneNumber: '89991234567' }, fields: { crmKind: 'contact', crmObjectId: '12' } },
    ]);
    await settle();
    expect(await portal.keyed()).toEqual(['call:1', 'contact:13', 'deal:5']);
    // Somebody else with the same phone is somebody else.
    await portal.see('contact', [withPhone('14', '89991234567')]);
    expect(await portal.lists()).toEqual({
      'call:1': ['contact:13 phone', 'contact:14 phone'],
      'contact:13': ['contact:14 phone'],
      'contact:14': ['contact:13 phone'],
    });
  });

  test('that is not settled yet hinders no writing', async () => {
    await portal.see('user', [{ id: '4', personal: { phones: channels(['89991234567']) } }]);
    await erase('contact:13');
    await portal.see('user', [{ id: '4', personal: {} }]);
    await settle();
    expect(await portal.lists()).toEqual({
      'call:1': ['contact:12 phone'],
      'deal:4': ['deal:5 title'],
      'deal:5': ['deal:4 title'],
    });
  });
});

test('what was captured before there were hashes gets them when it is seen again', async () => {
  await portal.see('contact', [withPhone('1', '89991234567'), withPhone('2', '89991234567')]);
  await portal.pool.query('DELETE FROM capture.match_key WHERE portal_id = $1', [portal.address.portalId]);
  await portal.pool.query('DELETE FROM capture.match_list WHERE portal_id = $1', [portal.address.portalId]);
  // As the hash of the whole was made then.
  await portal.pool.query(`UPDATE capture.entity_head SET content_hash = 'of before' WHERE portal_id = $1`, [
    portal.address.portalId,
  ]);
  const before = await portal.facts();
  await portal.see('contact', [withPhone('1', '89991234567'), withPhone('2', '89991234567')]);
  expect(await portal.keyed()).toEqual(['contact:1', 'contact:2']);
  const since = (await portal.facts()).slice(before.length);
  expect(since.map(({ type }) => type)).toEqual(['ContactMatchesFound', 'ContactMatchesFound']);
});
