import { expect, it } from '@jest/globals';
import type { QuarantinedEvent } from '../api/schema.js';
import { budget, portal } from './operations.spec-fixture.js';
import { byBudget, byCertificate, byFreshness, byOutbox, byQueue, usedShare } from './portal-order.js';
import { rangesOf } from './ranges.js';
import { streamsOf } from './quarantined-streams.js';
import { markRetried } from './use-operations.js';

it('buckets are drawn together', () => {
  expect(rangesOf([0, 1, 2, 3, 7, 9, 10])).toBe('0–3, 7, 9–10');
  expect(rangesOf([])).toBe('');
  expect(rangesOf([10, 2, 1])).toBe('1–2, 10');
});

const quarantined = (id: number, streamId: string, projection = 'funnel') =>
  ({ id, streamId, projection, portalId: 'p', retryRequestedAt: null }) as unknown as QuarantinedEvent;

it('quarantine is one line per record and read model', () => {
  const events = [
    quarantined(1, 'deal:1'),
    quarantined(2, 'deal:2'),
    quarantined(3, 'deal:1'),
    quarantined(4, 'deal:1', 'plan'),
  ];
  expect(streamsOf(events).map(({ first, waiting, isAsked }) => [first.id, waiting, isAsked])).toEqual([
    [1, 1, false],
    [2, 0, false],
    [4, 0, false],
  ]);
});

it('a retry marks the whole stream and nothing else', () => {
  const pages = [
    { items: [quarantined(1, 'deal:1'), quarantined(2, 'deal:2')], nextCursor: 'next' },
    { items: [quarantined(3, 'deal:1'), quarantined(4, 'deal:1', 'plan')], nextCursor: null },
  ];
  const marked = markRetried({ pages, pageParams: [null, 'next'] }, 3, '2026-03-12T12:00:00.000Z');
  expect(marked.pages.flatMap(({ items }) => items.map((each) => [each.id, each.retryRequestedAt !== null]))).toEqual([
    [1, true],
    [2, false],
    [3, true],
    [4, false],
  ]);
});

const names = (portals: readonly { portalName: string }[]) => portals.map(({ portalName }) => portalName);

it('portals that are refused come first, then those that are late, and paused ones last', () => {
  const portals = [
    portal('Пауза', { status: 'paused', dataAgeSeconds: 9000 }),
    portal('Вяз', { dataAgeSeconds: 20 }),
    portal('Астра', { dataAgeSeconds: 40 }),
    portal('Поздний', { dataAgeSeconds: 400 }),
    portal('Отказ', { connectionState: 'failed' }),
  ];
  expect(names(byFreshness(portals))).toEqual(['Отказ', 'Поздний', 'Астра', 'Вяз', 'Пауза']);
});

it('a budget is a share of its capacity, and those that hold something up come first', () => {
  const portals = [
    portal('Без запросов'),
    portal('Тихий', { budget }),
    portal('Занятый', { budget: { ...budget, level: 60 } }),
    portal('Ждущий', { budget: { ...budget, waiting: 2 } }),
    portal('На паузе', { budget: { ...budget, pausedMethods: 1 } }),
  ];
  expect(names(byBudget(portals))).toEqual(['На паузе', 'Ждущий', 'Занятый', 'Тихий']);
  expect(portals.map(usedShare)).toEqual([null, 0.2, 1, 0.2, 0.2]);
  expect(usedShare(portal('Без счётчика', { budget: { ...budget, level: null } }))).toBeNull();
});

it('portals that stand alike are in order of name and number', () => {
  expect(names(byFreshness(['К 10', 'К 9', 'А'].map((name) => portal(name))))).toEqual(['А', 'К 9', 'К 10']);
});

it('the oldest certificate, the most overdue queue and the longest wait of a message come first', () => {
  const certificate = { at: '', day: '2026-03-01', scope: 'all', expected: 1, held: 1, unexplained: 0 } as const;
  const outbox = { due: 1, held: 0, undelivered: 0, overdueSeconds: 0 };
  const queue = { open: 5, overdue: 0, nearDue: 0, disputed: 0, oldestOverdueSeconds: 0 };
  const portals = [
    portal('А', { certificate: { ...certificate, ageSeconds: 60 }, outbox }),
    portal('Б', { queue }),
    portal('Г', { status: 'paused' }),
    portal('В', {
      ...{ certificate: { ...certificate, ageSeconds: 6000 }, queue: { ...queue, overdue: 1 } },
      outbox: { ...outbox, overdueSeconds: 600 },
    }),
  ];
  expect(names(byCertificate(portals))).toEqual(['Б', 'В', 'А', 'Г']);
  expect(names(byQueue(portals))).toEqual(['В', 'Б']);
  expect(names(byOutbox(portals))).toEqual(['В', 'А']);
});
