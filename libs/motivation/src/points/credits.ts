import type { StageSemantics } from '@funnelwatch/capture-contracts';
import { type KnownMove, type TrackedRecord, valueAt, valueOf, type Values } from './tracked-record.js';

/** Something done that may bring points or pay, as the facts of one record have it now. */
export interface Credit {
  /** `stage:deal:0:PREPARATION`, `activity:meeting:outgoing`, `call:outgoing`, `won:deal:0`, `paid`. */
  measure: string;
  /** ISO 8601: when it was done. */
  at: string;
  /** Who did it; null where nobody knows, which credits nobody. */
  doer: string | null;
  /** The record it was done for: `deal:12`. */
  about: string;
  /** Kopecks that were sold; null where nothing is. */
  kopecks: string | null;
  currency: string | null;
}

/** Places of stages in their pipelines, from 0; lost ones have none. */
export type Ranks = ReadonlyMap<string, number>;

const shortestTouchSeconds = 10;
const connectedCode = '200';
/** The portal closed an activity by itself, because its record came to an end. */
const closedByPortal = '3';

/**
 * What the facts of a record are worth now; nothing when the record went. A stage is worth one credit for each record that
 * entered it and was not moved back before it since; a won deal and a paid invoice what they bring while they stand there.
 */
export function creditsOf(record: TrackedRecord, ranks: Ranks): Credit[] {
  if (record.isGone) return [];
  switch (record.kind) {
    case 'lead':
    case 'deal':
      return [...stageCredits(record, ranks), ...salesOf(record)];
    case 'invoice':
      return salesOf(record);
    case 'activity':
      return activityCredits(record);
    case 'call':
      return callCredits(record);
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Whoever moved it; a robot's or nobody's move is the owner's. */
const moverOf = (record: TrackedRecord, move: KnownMove): string | null =>
  move.by ?? textOf(valueAt(record, 'ownerId', move.at));

function stageCredits(record: TrackedRecord, ranks: Ranks): Credit[] {
  const standing = new Map<string, KnownMove>();
  for (const move of record.moves) {
    const rank = ranks.get(`${move.pipelineId} ${move.stageId}`);
    // Moved back: what lies behind the new place was not reached after all. A lost record has reached what it reached.
    if (rank !== undefined && move.semantics === 'P') {
      for (const [key, entered] of standing) {
        const was = ranks.get(`${entered.pipelineId} ${entered.stageId}`);
        if (entered.pipelineId === move.pipelineId && was !== undefined && was > rank) standing.delete(key);
      }
    }
    if (move.semantics === 'F') continue;
    const key = `stage:${move.pipelineId}:${move.stageId}`;
    if (!standing.has(key)) standing.set(key, move);
  }
  return [...standing].map(([measure, move]) => ({
    measure,
    at: move.at,
    doer: moverOf(record, move),
    about: `${record.kind}:${record.id}`,
    kopecks: null,
    currency: null,
  }));
}

/** A deal that stands won, an invoice that stands paid: since the move by which it does. */
function salesOf(record: TrackedRecord): Credit[] {
  const won: StageSemantics = 'S';
  if (record.kind === 'lead' || record.moves.at(-1)?.semantics !== won) return [];
  const before = record.moves.findLastIndex(({ semantics }) => semantics !== won);
  const move = record.moves[before + 1];
  if (!move) return [];
  const dealId = textOf(valueOf(record, 'dealId'));
  const isInvoice = record.kind === 'invoice';
  return [
    {
      measure: isInvoice ? 'paid' : `won:${move.pipelineId}`,
      at: move.at,
      // A sale is the owner's, as of then, whoever moved the card.
      doer: textOf(valueAt(record, 'ownerId', move.at)),
      about: isInvoice && dealId !== null ? `deal:${dealId}` : `${record.kind}:${record.id}`,
      kopecks: textOf(valueOf(record, 'amountKopecks')) ?? '0',
      currency: textOf(valueOf(record, 'currency')),
    },
  ];
}

const activityNames: Readonly<Record<string, string>> = { '1': 'meeting', '2': 'call-activity', '4': 'letter' };

function activityCredits(record: TrackedRecord): Credit[] {
  const what = activityOf(record);
  const direction = textOf(valueOf(record, 'direction')) ?? 'none';
  if (what === null) return [];
  const isWritten = what === 'letter' || what === 'message';
  const doneAt = isWritten ? record.createdAt : doneSince(record.fields['completed'] ?? []);
  if (doneAt === null || (what === 'meeting' && valueOf(record, 'status') === closedByPortal)) return [];
  return [
    {
      measure: `activity:${what}:${direction}`,
      at: doneAt,
      doer: textOf(valueAt(record, 'responsibleId', doneAt)),
      about: ownerOf(valueOf(record, 'ownerKind'), valueOf(record, 'ownerObjectId')) ?? `activity:${record.id}`,
      kopecks: null,
      currency: null,
    },
  ];
}

/** A provider's own activity is a message when it has a direction; what stands for a task is no activity of its own. */
function activityOf(record: TrackedRecord): string | null {
  const type = textOf(valueOf(record, 'activityType')) ?? '';
  if (type !== '6') return activityNames[type] ?? null;
  if (textOf(valueOf(record, 'providerId'))?.includes('TASK')) return null;
  return valueOf(record, 'direction') === 'none' ? 'to-do' : 'message';
}

/** Since when it has been done without a break; null while it is not. */
function doneSince(values: Values): string | null {
  if (values.at(-1)?.value !== true) return null;
  const undone = values.findLastIndex(({ value }) => value !== true);
  return values[undone + 1]?.at ?? null;
}

/** A call counts when both spoke: connected for as long as a touch takes. */
function callCredits(record: TrackedRecord): Credit[] {
  const direction = textOf(valueOf(record, 'direction'));
  const seconds = Number(valueOf(record, 'durationSeconds') ?? 0);
  const isOurs = direction === 'outgoing' || direction === 'incoming' || direction === 'call-back';
  if (!isOurs || valueOf(record, 'failedCode') !== connectedCode || seconds < shortestTouchSeconds) return [];
  return [
    {
      measure: `call:${direction === 'incoming' ? 'incoming' : 'outgoing'}`,
      at: record.createdAt,
      doer: textOf(valueOf(record, 'userId')),
      about: ownerOf(valueOf(record, 'crmKind'), valueOf(record, 'crmObjectId')) ?? `call:${record.id}`,
      kopecks: null,
      currency: null,
    },
  ];
}

function ownerOf(kind: unknown, id: unknown): string | null {
  const [kindText, idText] = [textOf(kind), textOf(id)];
  return kindText !== null && idText !== null ? `${kindText}:${idText}` : null;
}
