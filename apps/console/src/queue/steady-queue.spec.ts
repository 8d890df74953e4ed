import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CasePage, ListedCase } from '../api/schema.js';
import { nextPart, PAGE_CASES, previousPart, rowsOf } from './case-pages.js';
import type { CasePart } from './case-pages.js';
import { ranksOf } from './group-ranks.js';
import { shownRows } from './pending-cases.js';
import type { PendingCase } from './pending-cases.js';

const rowOf = (caseId: string, userId: string | null, ruleId: string): ListedCase => ({
  ...{ caseId, ruleId, severity: 'S2', mode: 'active', status: 'open', verdict: null, about: `deal:${caseId}` },
  responsible: userId === null ? null : { userId, name: null },
  ...{ assignee: null, startedAt: '2026-03-02T06:00:00.000Z', opensAt: '2026-03-02T06:00:00.000Z' },
  ...{ dueAt: '2026-03-03T06:00:00.000Z', resolvedAt: null, snoozedUntil: null, itemCount: 1, isRegressed: false },
  ...{ isSnoozed: false, coachingId: null, version: 1, ofPerson: 1, ofRule: 1 },
});

/** What the API answers for a part of a list. */
function answer(all: readonly ListedCase[], { offset, limit, around }: CasePart): CasePage {
  const at = around === undefined ? -1 : all.findIndex(({ caseId }) => caseId === around);
  const from = at === -1 ? offset : Math.max(0, at - Math.floor(limit / 2));
  return { items: all.slice(from, from + limit), total: all.length, offset: from, order: '' };
}

describe('a list that is read around a case', () => {
  it('holds it, and grows to the whole list in both directions without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (count, drawn) => {
        const all = Array.from({ length: count }, (_, number) => rowOf(String(number), '1', 'L01'));
        const around = String(drawn % count);
        const pages = [answer(all, { offset: 0, limit: PAGE_CASES, around })];
        expect(rowsOf(pages).some(({ caseId }) => caseId === around)).toBe(true);
        for (let part; (part = nextPart(pages.at(-1) ?? answer(all, { offset: 0, limit: 1 }))) !== null;) {
          pages.push(answer(all, part));
        }
        for (let part; (part = previousPart(pages[0] ?? answer(all, { offset: 0, limit: 1 }))) !== null;) {
          pages.unshift(answer(all, part));
        }
        expect(pages.reduce((sum, { items }) => sum + items.length, 0)).toBe(count);
        expect(rowsOf(pages)).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  it('holds a case once that moved on between two parts, as it was read last', () => {
    const [first, second] = [rowOf('1', '1', 'L01'), rowOf('2', '1', 'L01')];
    const page = (items: ListedCase[]): CasePage => ({ items, total: 3, offset: 0, order: '' });
    expect(rowsOf([page([first, second]), page([{ ...second, version: 2 }])])).toEqual([
      first,
      { ...second, version: 2 },
    ]);
    expect(nextPart({ ...page([]), offset: 2 })).toBeNull();
  });
});

describe('a case that comes back', () => {
  const ranks = ranksOf('7-L01-D08.8-L01.-F02');
  const back = (row: ListedCase): Map<string, PendingCase> =>
    new Map([[row.caseId, { row, version: 3, settledAtMs: 1 }]]);
  const rows = [rowOf('a', '7', 'D08'), rowOf('b', '8', 'L01'), rowOf('c', null, 'F02')];
  const ids = (row: ListedCase) => shownRows(rows, back(row), () => true, ranks).map(({ caseId }) => caseId);

  it('stands where its group stood, though nobody else is left in it', () => {
    expect(ids(rowOf('x', '7', 'L01'))).toEqual(['x', 'a', 'b', 'c']);
    expect(ids(rowOf('x', '7', 'D08'))).toEqual(['a', 'x', 'b', 'c']);
    expect(
      shownRows([rows[0] ?? rowOf('a', '7', 'D08')], back(rowOf('x', null, 'F02')), () => true, ranks)[1],
    ).toMatchObject({ caseId: 'x' });
  });

  it('stands with its person, or at the end, when its group was never there', () => {
    expect(ids(rowOf('x', '7', 'K05'))).toEqual(['a', 'x', 'b', 'c']);
    expect(ids(rowOf('x', '9', 'K05'))).toEqual(['a', 'b', 'c', 'x']);
  });
});
