import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type MatchedKind, matchedKinds } from '@funnelwatch/capture-contracts';
import fc from 'fast-check';
import type { Observation } from '../normalise/observation.js';
import { channels, MatchingDatabase, type MatchingPortal } from './matching-world.spec-fixture.js';

let database: MatchingDatabase;
beforeAll(async () => {
  database = await MatchingDatabase.create();
});
afterAll(() => database.close());

/** Ways to write each value; texts of one row are the same value, those of `none` are no value. */
const ways = {
  phone: [
    ['+7 (999) 123-45-67', '89991234567', '79991234567'],
    ['+375 29 123-45-67', '375291234567'],
  ],
  email: [['a@romashka.ru', ' A@Romashka.RU '], ['b@romashka.ru']],
  title: [['Насос', ' насос  '], ['Поставка']],
  company: [['ООО «Свет»', 'свет'], ['АО Заря']],
  city: [['г. Орёл', 'орел'], ['Тула']],
  inn: [['7707083893', ' 7707083893 '], ['500100732259']],
  number: [['17'], ['18']],
};
type Value = keyof typeof ways;
const none: Record<Value, string> = {
  ...{ phone: '123', email: 'нет', title: 'тест', company: 'ООО', city: '', inn: '7707083894', number: '' },
};

/** What a record has of each value: which of the two, and in which way it is written; null for none. */
type Values = Partial<Record<Value, { which: number; way: number }[]>>;
interface Step {
  kind: MatchedKind;
  id: number;
  /** Null: the record is gone. */
  values: Values | null;
  /** Seen in one reply with the step before, where that can be. */
  isWithLast: boolean;
}

const has: Record<MatchedKind, Value[]> = {
  lead: ['phone', 'email', 'title'],
  deal: ['title'],
  contact: ['phone', 'email'],
  company: ['phone', 'email', 'company', 'city'],
  invoice: ['number'],
  call: ['phone'],
  user: ['phone', 'email'],
  requisite: ['inn'],
};
const severalOf = new Set<Value>(['phone', 'email']);

const textOf = (value: Value, { which, way }: { which: number; way: number }): string => {
  const texts = ways[value][which] ?? [];
  return texts[way % texts.length] ?? none[value];
};

function personalOf(kind: MatchedKind, values: Values): Observation['personal'] {
  const texts = (value: Value) => {
    const all = (values[value] ?? []).map((one) => textOf(value, one));
    return all.length > 0 ? all : [none[value]];
  };
  const [title, phone, email] = [texts('title')[0] ?? '', texts('phone'), texts('email')];
  switch (kind) {
    case 'lead':
      return { title, phones: channels(phone), emails: channels(email) };
    case 'deal':
      return { title };
    case 'contact':
      return { phones: channels(phone), emails: channels(email) };
    case 'company':
      return {
        ...{ title: texts('company')[0] ?? '', addressCity: texts('city')[0] ?? '' },
        ...{ phones: channels(phone), emails: channels(email) },
      };
    case 'invoice':
      return { accountNumber: texts('number')[0] ?? '' };
    case 'call':
      return { phoneNumber: phone[0] ?? '' };
    case 'user':
      return { phones: channels(phone), email: email[0] ?? '' };
    case 'requisite':
      return { RQ_INN: texts('inn')[0] ?? '' };
  }
}

const valuesOf = (kind: MatchedKind): fc.Arbitrary<Values> =>
  fc.record(
    Object.fromEntries(
      has[kind].map((value) => {
        const one = fc.record({ which: fc.nat(1), way: fc.nat(2) });
        const isOnlyOne = !severalOf.has(value) || kind === 'call' || (kind === 'user' && value === 'email');
        return [value, fc.array(one, { maxLength: isOnlyOne ? 1 : 2 })];
      }),
    ),
  );

const stepOf = (mostIds: number, kinds: readonly MatchedKind[]): fc.Arbitrary<Step> =>
  fc.constantFrom(...kinds).chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      id: fc.integer({ min: 1, max: mostIds }),
      values: fc.option(valuesOf(kind), { freq: 5 }),
      isWithLast: fc.boolean(),
    }),
  );

/** Steps that one reply can show: one kind, each record once, nothing gone. */
function repliesOf(steps: readonly Step[]): Step[][] {
  const replies: Step[][] = [];
  for (const step of steps) {
    const reply = replies.at(-1);
    const fits =
      step.isWithLast &&
      reply?.every(({ kind, id, values }) => kind === step.kind && id !== step.id && !values === !step.values);
    if (reply && fits) reply.push(step);
    else replies.push([step]);
  }
  return replies;
}

async function play(portal: MatchingPortal, replies: Step[][], writer = portal.writer): Promise<void> {
  for (const reply of replies) {
    const kind = reply[0]?.kind ?? 'lead';
    if (reply[0]?.values === null)
      await portal.lose(
        kind,
        reply.map(({ id }) => String(id)),
      );
    else {
      const records = reply.map(({ id, values }) => ({ id: String(id), personal: personalOf(kind, values ?? {}) }));
      await portal.see(kind, records, writer);
    }
  }
}

/** Each record as it is in the end. */
function worldOf(steps: readonly Step[]): { kind: MatchedKind; id: number; values: Values }[] {
  const last = new Map(steps.map(({ kind, id, values }) => [`${kind}:${id}`, { kind, id, values }]));
  return [...last.values()].flatMap(({ kind, id, values }) => (values ? [{ kind, id, values }] : []));
}

/** Whether a record lists another one for a value of this kind, pair by pair as it was asked for. */
function mayList(kind: MatchedKind, other: MatchedKind, on: string): boolean {
  const isClient = (one: MatchedKind) => one === 'lead' || one === 'contact' || one === 'company';
  if (kind === 'call') return on === 'phone' && (other === 'lead' || other === 'contact');
  if (on === 'title') return [kind, other].every((one) => one === 'lead' || one === 'deal');
  if (on === 'phone' || on === 'email')
    return (isClient(kind) && (isClient(other) || other === 'user')) || (kind === 'user' && isClient(other));
  return kind === other;
}

/** The slow and obvious way: everybody is compared with everybody. */
function expectedLists(steps: readonly Step[], most: number): Record<string, string[]> {
  const world = worldOf(steps);
  const lists: Record<string, string[]> = {};
  const shared = (a: Values, b: Values, value: Value) =>
    (a[value] ?? []).some(({ which }) => (b[value] ?? []).some((other) => other.which === which));
  for (const { kind, id, values } of world) {
    const found = world.flatMap((other) => {
      if (other.kind === kind && other.id === id) return [];
      return (['company', 'email', 'inn', 'number', 'phone', 'title'] as const)
        .filter((on) => shared(values, other.values, on) && mayList(kind, other.kind, on))
        .filter((on) => {
          const cities = [values, other.values].map((one) => one.city?.[0]?.which ?? -1);
          return on !== 'company' || cities[0] === cities[1];
        })
        .map((on) => ({ text: `${other.kind}:${other.id} ${on}`, distance: Math.abs(other.id - id), other, on }));
    });
    const order = (a: (typeof found)[number], b: (typeof found)[number]) =>
      a.other.kind.localeCompare(b.other.kind) || a.other.id - b.other.id || a.on.localeCompare(b.on);
    const near = [...found].sort((a, b) => a.distance - b.distance || order(a, b)).slice(0, most);
    const list = near.sort(order).map(({ text }) => text);
    if (list.length > 0) lists[`${kind}:${id}`] = found.length > most ? [...list, 'and more'] : list;
  }
  return lists;
}

describe('the lists in the end do not depend on what was captured when', () => {
  test.each([
    ['as usual', undefined, { ids: 4, steps: 40, kinds: matchedKinds }],
    [
      'of two, of values that more than four have',
      { most: 2, few: 4 },
      { ids: 15, steps: 70, kinds: ['lead', 'lead', 'contact', 'call', 'deal'] as const },
    ],
  ])('%s', async (_title, limits, { ids, steps: most, kinds }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf(ids, kinds), { minLength: 2, maxLength: most, size: 'max' }), async (steps) => {
        const portal = await database.portal(limits);
        await play(portal, repliesOf(steps));
        expect(await portal.lists()).toEqual(expectedLists(steps, limits?.most ?? 50));
        for (const told of (await portal.told()).values()) {
          // Nothing is told that was told before, and not that somebody who had no list has none.
          const texts = ['[]', ...told.map(({ matches, isCapped }) => JSON.stringify(isCapped ? [matches] : matches))];
          expect(texts.filter((text, index) => text === texts[index - 1])).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('nor on how many write at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf(4, matchedKinds), { minLength: 2, maxLength: 30 }), async (all) => {
        // The same record in two hands at once would be whichever comes last.
        const steps = [...new Map(all.map((step) => [`${step.kind}:${step.id}`, step])).values()].filter(
          ({ values }) => values !== null,
        );
        const portal = await database.portal();
        const hands = [0, 1, 2].map((hand) => repliesOf(steps.filter((_, index) => index % 3 === hand)));
        await Promise.all(hands.map((replies) => play(portal, replies, portal.openWriter())));
        expect(await portal.lists()).toEqual(expectedLists(steps, 50));
      }),
      { numRuns: 30 },
    );
  });
});
