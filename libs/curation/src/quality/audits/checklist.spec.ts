import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { baseChecklists } from './base-checklists.js';
import { type Checklist, refuseUnsoundChecklist, scoreAudit } from './checklist.js';

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const words = { ru: 'слова', en: 'words' };
const checklist = (items: [weight: number, most: number, isAutoFail?: boolean][], passMark = 70): Checklist => ({
  checklistId: 'call',
  version: 1,
  kind: 'call',
  title: words,
  passMark,
  items: items.map(([weight, most, isAutoFail = false], index) => ({
    itemId: `item-${index}`,
    title: words,
    anchors: Array.from({ length: most + 1 }, () => words),
    weight,
    isAutoFail,
  })),
});
const marks = (...points: (number | null)[]) => points.map((one, index) => ({ itemId: `item-${index}`, points: one }));

test('weights and shares of points make the score', () => {
  const audited = checklist([
    [3, 2],
    [1, 1],
  ]);
  expect(scoreAudit(audited, marks(1, 1))).toEqual({ score: 62.5, isPassed: false, failedBy: [] });
  expect(scoreAudit(audited, marks(2, 0))).toEqual({ score: 75, isPassed: true, failedBy: [] });
});

test('a score on the pass mark passes, also where thirds are added up', () => {
  const thirds = checklist(
    [
      [1, 3],
      [1, 3],
      [1, 3],
    ],
    70,
  );
  // 1/3 + 2/3 + 1 of 3: two thirds.
  expect(scoreAudit(thirds, marks(1, 2, 3))).toMatchObject({ score: 66.66, isPassed: false });
  expect(scoreAudit({ ...thirds, passMark: 100 }, marks(3, 3, 3)).isPassed).toBe(true);
  const tenths = checklist([[1, 10]], 70);
  expect(scoreAudit(tenths, marks(7))).toMatchObject({ score: 70, isPassed: true });
  expect(scoreAudit(tenths, marks(6)).isPassed).toBe(false);
});

test('what did not apply leaves the sum, what fails by itself fails all', () => {
  const audited = checklist([
    [1, 2],
    [9, 2],
    [1, 1, true],
  ]);
  expect(scoreAudit(audited, marks(2, null, 1))).toMatchObject({ score: 100, isPassed: true });
  expect(scoreAudit(audited, marks(2, 2, 0))).toEqual({ score: 90.9, isPassed: false, failedBy: ['item-2'] });
  expect(scoreAudit(audited, marks(null, null, null))).toEqual({ score: null, isPassed: true, failedBy: [] });
});

test.each([
  ['one item is left out', marks(1)],
  ['an item has two marks', [...marks(1), ...marks(1)]],
  [
    'an item is not of the checklist',
    [
      { itemId: 'item-0', points: 1 },
      { itemId: 'other', points: 1 },
    ],
  ],
  ['points are not described', marks(3, 1)],
  ['points are less than none', marks(-1, 1)],
  ['points are no integer', marks(0.5, 1)],
])('marks are refused when %s', (_why, given) => {
  const audited = checklist([
    [1, 2],
    [1, 2],
  ]);
  expect(() => scoreAudit(audited, given)).toThrow(code('AUDIT_MARKS_INVALID'));
});

test('better marks never make a lower score', () => {
  const item = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }));
  const audit = fc
    .array(item, { minLength: 1, maxLength: 6 })
    .chain((items) => fc.tuple(fc.constant(items), fc.tuple(...items.map(([, most]) => fc.nat(most)))));
  fc.assert(
    fc.property(audit, ([items, points]) => {
      const audited = checklist(items);
      const { score } = scoreAudit(audited, marks(...points));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      points.forEach((one, index) => {
        if (one === items[index]?.[1]) return;
        const better = points.map((each, place) => (place === index ? each + 1 : each));
        expect(scoreAudit(audited, marks(...better)).score).toBeGreaterThanOrEqual(score ?? 0);
      });
    }),
  );
});

test('the checklists that come with the product are sound', () => {
  for (const known of baseChecklists) expect(() => refuseUnsoundChecklist(known)).not.toThrow();
  expect(baseChecklists.map(({ kind }) => kind)).toEqual(['call', 'meeting', 'deal']);
});

test.each<[string, Checklist]>([
  ['has no items', checklist([])],
  ['has an item with one anchor', checklist([[1, 0]])],
  ['has an item without weight', checklist([[0, 2]])],
  ['cannot be passed', checklist([[1, 2]], 101)],
])('a checklist is refused that %s', (_why, unsound) => {
  expect(() => refuseUnsoundChecklist(unsound)).toThrow(code('CHECKLIST_INVALID'));
});
