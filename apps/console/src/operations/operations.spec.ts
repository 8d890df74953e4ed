import { describe, expect, it } from '@jest/globals';
import type { OperationsSummary, Portal, QuarantinedEvent } from '../api/schema.js';
import { streamsOf } from './quarantined-streams.js';
import { markRetried } from './use-operations.js';
import { concernsOf, rangesOf } from './verdict.js';

const bucket = {
  projection: 'funnel',
  bucket: 3,
  head: 100,
  position: 100,
  events: 0,
  seconds: 0,
  status: 'running',
  stoppedAt: null,
  errorCode: null,
  worker: 'projector 1',
  portals: 1,
} as const;

const calm: OperationsSummary = {
  at: '2026-03-12T12:00:00.000Z',
  lag: [bucket],
  relay: [],
  workers: [{ group: 'funnel', name: 'projector 1', buckets: [3] }],
  holes: { count: 0, countedAt: '2026-03-12T11:59:50.000Z' },
  quarantine: { poison: 0, queued: 0, oldestSeconds: null },
};

function portal(name: string, certifiedAt: string | null, unexplained = 0): Portal {
  const certificate = certifiedAt === null ? null : { at: certifiedAt, unexplained };
  return { name, phase: 'live', certificate } as unknown as Portal;
}

describe('what has to be looked at', () => {
  it('is nothing when all is well, also before holes were counted and before the first certificate', () => {
    expect(concernsOf(calm, [portal('Ромашка', '2026-03-12T01:00:00.000Z')])).toEqual([]);
    expect(concernsOf({ ...calm, holes: { count: null, countedAt: null } }, [portal('Лотос', null)])).toEqual([]);
  });

  it('names each thing that is wrong, the worst first', () => {
    const summary: OperationsSummary = {
      ...calm,
      lag: [
        { ...bucket, bucket: 7, status: 'stopped', worker: null, seconds: 5 },
        { ...bucket, bucket: 5, worker: null, seconds: 61, events: 12 },
        { ...bucket, projection: 'plan', bucket: 5, worker: null },
        { ...bucket, projection: 'funnel@2', seconds: 5000, events: 100 },
      ],
      relay: [{ bucket: 3, head: 9, position: 1, events: 8, seconds: 75 }],
      holes: { count: 2, countedAt: calm.at },
      quarantine: { poison: 1, queued: 3, oldestSeconds: 90 },
    };
    expect(
      concernsOf(summary, [
        portal('Ромашка', '2026-03-10T12:00:00.000Z'),
        portal('Лотос', '2026-03-12T01:00:00.000Z', 4),
      ]),
    ).toEqual([
      { kind: 'holes', count: 2 },
      { kind: 'stopped', buckets: [7] },
      { kind: 'unattended', buckets: [5] },
      { kind: 'behind', seconds: 61 },
      { kind: 'relay', seconds: 75 },
      { kind: 'quarantine', events: 4, oldestSeconds: 90 },
      { kind: 'uncertified', portals: ['Ромашка'] },
      { kind: 'gap', portals: ['Лотос'] },
    ]);
  });
});

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
