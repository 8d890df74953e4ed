import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CaseGroup, groupsWithin, placeGroups, readOrder, writeOrder } from './group-order.js';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 6, minute)).toISOString();
const group = (person: string | null, ruleId: string, minute: number, count = 1): CaseGroup => ({
  ...{ person, ruleId, count, dueAt: at(minute) },
});
const names = (groups: readonly CaseGroup[]) => groups.map(({ person, ruleId }) => `${person}:${ruleId}`);

const groupLists = fc
  .uniqueArray(
    fc.record({
      person: fc.option(fc.integer({ min: 1, max: 6 }).map(String)),
      ruleId: fc.constantFrom('L01', 'L03', 'D08', 'F02'),
      count: fc.integer({ min: 1, max: 9 }),
      minute: fc.integer({ min: 0, max: 50 }),
    }),
    { selector: ({ person, ruleId }) => `${person}:${ruleId}`, maxLength: 20 },
  )
  .map((drawn) => drawn.map(({ person, ruleId, minute, count }) => group(person, ruleId, minute, count)));

describe('groups of a list', () => {
  const first = [group('7', 'L01', 10), group('7', 'D08', 30), group('8', 'L01', 20), group(null, 'F02', 25)];

  test('stand as the first case of each is due, a person together', () => {
    expect(names(placeGroups([], first).groups)).toEqual(['7:L01', '7:D08', '8:L01', 'null:F02']);
  });

  test('keep their place when their next case is due later', () => {
    const { order } = placeGroups([], first);
    const later = [group('7', 'L01', 90), group('7', 'D08', 30), group('8', 'L01', 20), group(null, 'F02', 25)];
    expect(names(placeGroups(order, later).groups)).toEqual(['7:L01', '7:D08', '8:L01', 'null:F02']);
    expect(names(placeGroups([], later).groups)).toEqual(['8:L01', 'null:F02', '7:D08', '7:L01']);
  });

  test('come in before the first that is due later, at the end when none is', () => {
    const { order } = placeGroups([], first);
    const more = [...first, group('9', 'L01', 22), group('10', 'L01', 99), group('7', 'F02', 5)];
    expect(names(placeGroups(order, more).groups)).toEqual([
      ...['7:F02', '7:L01', '7:D08', '8:L01', '9:L01', 'null:F02', '10:L01'],
    ]);
  });

  test('have their place again when they come back', () => {
    const { order } = placeGroups([], first);
    const without = placeGroups(order, first.slice(2));
    expect(names(without.groups)).toEqual(['8:L01', 'null:F02']);
    expect(names(placeGroups(without.order, first).groups)).toEqual(['7:L01', '7:D08', '8:L01', 'null:F02']);
  });

  test('none is lost or doubled, the known ones keep their order, and placing them again changes nothing', () => {
    fc.assert(
      fc.property(groupLists, groupLists, (before, after) => {
        const { order } = placeGroups([], before);
        const known = names(placeGroups([], before).groups);
        const placed = placeGroups(order, after);
        expect(names(placed.groups).sort()).toEqual(names(after).sort());
        expect(names(placed.groups).filter((name) => known.includes(name))).toEqual(
          known.filter((name) => names(after).includes(name)),
        );
        expect(placeGroups(placed.order, after)).toEqual(placed);
        const people = placed.groups.map(({ person }) => person);
        expect(people.filter((person, index) => person !== people[index - 1])).toHaveLength(new Set(people).size);
        expect(readOrder(writeOrder(placed.order))).toEqual(placed.order);
      }),
    );
  });

  test('pages of them are the list, whatever their size', () => {
    fc.assert(
      fc.property(groupLists, fc.integer({ min: 1, max: 30 }), (drawn, limit) => {
        const { groups } = placeGroups([], drawn);
        const all = groups.flatMap((each) => Array.from({ length: each.count }, (_, n) => `${names([each])[0]} ${n}`));
        const pages: string[] = [];
        for (let offset = 0; offset < all.length; offset += limit) {
          const within = groupsWithin(groups, offset, limit);
          const cases = within.groups.flatMap((each) =>
            Array.from({ length: each.count }, (_, n) => `${names([each])[0]} ${n}`),
          );
          pages.push(...cases.slice(within.skipped, within.skipped + limit));
        }
        expect(pages).toEqual(all);
      }),
    );
  });
});

describe('the order in an address', () => {
  test.each(['x', '7-l01', '7-L01..', '7-L01;DROP', '7-L01.x', '-', '..'])(
    '%j is no order or a harmless one',
    (token) => {
      expect(placeGroups(readOrder(token), [group('7', 'L01', 1)]).groups).toHaveLength(1);
    },
  );

  test('has room for so many people, and leaves out the last', () => {
    const order = Array.from({ length: 2_000 }, (_, person) => ({ person: String(person), ruleIds: ['L01', 'D08'] }));
    const token = writeOrder(order);
    expect(token.length).toBeLessThanOrEqual(6_000);
    const kept = readOrder(token);
    expect(kept.length).toBeGreaterThan(400);
    expect(kept).toEqual(order.slice(0, kept.length));
  });
});
