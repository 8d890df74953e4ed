import type { JsonObject, StoredEvent } from '@funnelwatch/kernel';
import { type Credit, creditsOf, type Ranks } from './credits.js';
import { entriesBetween, type LedgerEntry } from './entries.js';
import { recordAfter, type TrackedRecord } from './tracked-record.js';

const ranks: Ranks = new Map(
  ['NEW', 'MEETING', 'PROPOSAL', 'WON'].map((stageId, rank): [string, number] => [`deal:0 ${stageId}`, rank]),
);
const semantics: Readonly<Record<string, 'P' | 'S' | 'F'>> = { WON: 'S', PAID: 'S', LOSE: 'F' };

export type Fact = Pick<StoredEvent, 'streamId' | 'type' | 'occurredAt' | 'actor'> & { data: JsonObject };

/** The hour of a day in March: `at(3, 9)` is nine o'clock on the third. */
export const at = (day: number, hour: number): string => new Date(Date.UTC(2026, 2, day, hour)).toISOString();

export const appeared = (streamId: string, occurredAt: string, fields: JsonObject): Fact => ({
  ...{ streamId, occurredAt, actor: 'unknown' },
  type: `${prefixOf(streamId)}Appeared`,
  data: { fields: { createdAt: occurredAt, ...fields }, extra: {}, derived: {} },
});

export const changed = (streamId: string, occurredAt: string, after: JsonObject): Fact => ({
  ...{ streamId, occurredAt, actor: 'unknown' },
  type: `${prefixOf(streamId)}Changed`,
  data: {
    changes: Object.fromEntries(Object.entries(after).map(([name, value]) => [name, { before: null, after: value }])),
  },
});

export const moved = (streamId: string, occurredAt: string, stageId: string, by = 'user:1'): Fact => ({
  ...{ streamId, occurredAt, actor: by as Fact['actor'] },
  type: `${prefixOf(streamId)}StageMoved`,
  data: {
    ...{ moveId: `${streamId} ${stageId} ${occurredAt}`, order: 1, stageId },
    pipelineId: streamId.startsWith('invoice') ? 'invoice:9' : 'deal:0',
    semantics: semantics[stageId] ?? 'P',
  },
});

export const withdrawn = (move: Fact): Fact => ({
  ...{ streamId: move.streamId, occurredAt: move.occurredAt, actor: 'unknown' },
  type: move.type.replace('StageMoved', 'StageMoveWithdrawn'),
  data: { moveId: move.data['moveId'] ?? '' },
});

export const deleted = (streamId: string, occurredAt: string): Fact => ({
  ...{ streamId, occurredAt, actor: 'unknown', type: `${prefixOf(streamId)}Deleted`, data: {} },
});

function prefixOf(streamId: string): string {
  const kind = streamId.slice(0, streamId.indexOf(':'));
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** What a ledger holds after facts in the order given. */
export function ledgerOf(facts: readonly Fact[]): { entries: LedgerEntry[]; standing: Credit[] } {
  const records = new Map<string, TrackedRecord>();
  const credits = new Map<string, Credit[]>();
  const entries: LedgerEntry[] = [];
  facts.forEach((fact, index) => {
    const event = { ...fact, position: index + 1 } as StoredEvent;
    const record = recordAfter(records.get(fact.streamId) ?? null, event);
    if (!record) return;
    records.set(fact.streamId, record);
    const now = creditsOf(record, ranks);
    entries.push(...entriesBetween(credits.get(fact.streamId) ?? [], now));
    credits.set(fact.streamId, now);
  });
  return { entries, standing: [...credits.values()].flat() };
}

/** Actions and kopecks by who did what, as the lines of a ledger add up to; what comes to nothing left out. */
export function sumsOf(entries: readonly LedgerEntry[]): Record<string, string> {
  const sums = new Map<string, { actions: number; kopecks: bigint }>();
  for (const { measure, doer, about, at: when, actions, kopecks } of entries) {
    const key = [doer ?? '-', measure, about, when].join(' ');
    const sum = sums.get(key) ?? { actions: 0, kopecks: 0n };
    sums.set(key, { actions: sum.actions + actions, kopecks: sum.kopecks + BigInt(kopecks ?? 0) });
  }
  const standing = [...sums].filter(([, { actions, kopecks }]) => actions !== 0 || kopecks !== 0n).sort();
  return Object.fromEntries(standing.map(([key, { actions, kopecks }]) => [key, `${actions} ${kopecks}`]));
}
