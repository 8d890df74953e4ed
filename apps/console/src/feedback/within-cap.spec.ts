import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ListedCase } from '../api/schema.js';
import { eachBounded, withinCap } from './within-cap.js';

const rowOf = (caseId: string, userId: string | null, change: Partial<ListedCase> = {}): ListedCase => ({
  ...{ caseId, ruleId: 'L01', severity: 'S2', mode: 'active', status: 'open', verdict: null, about: `deal:${caseId}` },
  responsible: userId === null ? null : { userId, name: null },
  ...{ assignee: null, startedAt: '2026-03-02T06:00:00.000Z', opensAt: '2026-03-02T06:00:00.000Z' },
  ...{ dueAt: '2026-03-03T06:00:00.000Z', resolvedAt: null, snoozedUntil: null, itemCount: 1, isRegressed: false },
  ...{ isSnoozed: false, coachingId: null, version: 1, ofPerson: 1, ofRule: 1 },
  ...change,
});
const ids = (rows: readonly ListedCase[]) => rows.map(({ caseId }) => caseId);

describe('feedback on several cases', () => {
  it('reaches nobody more often than the cap, and none who has had enough today', () => {
    const rows = [rowOf('a', '7'), rowOf('b', '7'), rowOf('c', '8'), rowOf('d', '7'), rowOf('e', '9')];
    const { told, above } = withinCap(rows, 2, (userId) => userId === '9');
    expect(ids(told)).toEqual(['a', 'b', 'c']);
    expect(ids(above)).toEqual(['d', 'e']);
  });

  it('leaves out cases that bring none, which take no place either', () => {
    const rows = [
      rowOf('a', null),
      rowOf('b', '7', { verdict: 'real' }),
      rowOf('c', '7', { mode: 'shadow' }),
      rowOf('d', '7'),
    ];
    expect(withinCap(rows, 1, () => false)).toEqual({ told: [rows[3]], above: [] });
  });

  it('is sent a few at a time, each once, and answered in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (waits, most) => {
        let now = 0;
        let highest = 0;
        const answers = await eachBounded([...waits.entries()], most, async ([place, wait]) => {
          now += 1;
          highest = Math.max(highest, now);
          for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
          now -= 1;
          return place;
        });
        expect(answers).toEqual(waits.map((_wait, place) => place));
        expect(highest).toBeLessThanOrEqual(most);
      }),
    );
  });
});
