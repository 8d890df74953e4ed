import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Auditable, drawSample } from './sampling-plan.js';

const key = Buffer.alloc(32, 3);
const plan = { key, portalId: 'p', week: '2026-03-02', each: 3 };
const calls = (seller: string, n: number): Auditable[] =>
  Array.from({ length: n }, (_, index) => ({
    seller,
    kind: 'call',
    about: `activity:${seller}${index}`,
    happenedAt: '2026-03-02T09:00:00.000Z',
  }));

test('three of each seller’s records, all of them where there are fewer', () => {
  const drawn = drawSample([...calls('4', 30), ...calls('5', 2)], plan);
  expect(drawn.map(({ seller }) => seller)).toEqual(['4', '4', '4', '5', '5']);
  expect(new Set(drawn.map(({ about }) => about)).size).toBe(5);
});

test('portal, week and seller decide, and nothing else', () => {
  const shuffled = fc.shuffledSubarray(calls('4', 20), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(shuffled, (order) => {
      expect(drawSample(order, plan)).toEqual(drawSample(calls('4', 20), plan));
      // Records of others, and telling one twice, change nothing.
      expect(drawSample([...order, ...order, ...calls('5', 3)], plan).slice(0, 3)).toEqual(drawSample(order, plan));
    }),
  );
  const about = (changed: Partial<typeof plan>) =>
    drawSample(calls('4', 50), { ...plan, ...changed }).map((one) => one.about);
  expect(about({ week: '2026-03-09' })).not.toEqual(about({}));
  expect(about({ portalId: 'other' })).not.toEqual(about({}));
  expect(about({ key: Buffer.alloc(32, 4) })).not.toEqual(about({}));
});

test('everything is drawn about as often', () => {
  const times = new Map<string, number>();
  for (let week = 0; week < 2_000; week += 1) {
    for (const { about } of drawSample(calls('4', 10), { ...plan, week: String(week) })) {
      times.set(about, (times.get(about) ?? 0) + 1);
    }
  }
  for (const [, often] of times) expect(Math.abs(often - 600)).toBeLessThan(100);
  expect(times.size).toBe(10);
});
