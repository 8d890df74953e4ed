import type { PipelineId, StageSemantics } from '@funnelwatch/capture-contracts';
import type { StageHistoryRow } from '../normalise/stage-history.js';

/** A move of one object as told to the log. */
export interface KnownMove {
  moveId: string;
  pipelineId: string;
  stageId: string;
  semantics: StageSemantics;
  /** ISO 8601 UTC. */
  movedAt: string;
  /** Distinguishes moves with equal owner, pipeline, stage and time. */
  ordinal: number;
  /** The portal's row, 0 for a reconstructed move. */
  rowId: number;
  state: 'recorded' | 'reconstructed' | 'withdrawn';
}

export type MoveOutcome =
  | { type: 'moved'; row: StageHistoryRow; ordinal: number }
  /** The row of a reconstructed move turned up, or a row of the same second was registered anew. */
  | { type: 'corrected'; move: KnownMove; movedAt: string; rowId: number }
  /** Registered anew under another row id, which orders nothing: not a fact. */
  | { type: 'renumbered'; move: KnownMove; rowId: number }
  | { type: 'withdrawn'; move: KnownMove };

export interface HistoryMatch {
  outcomes: MoveOutcome[];
  /** The new rows cannot be told from known ones, or the portal may have rewritten: read the owner's whole history. */
  needsWholeHistory: boolean;
}

const sameStage = (a: { pipelineId: string; stageId: string }, b: { pipelineId: string; stageId: string }): boolean =>
  a.pipelineId === b.pipelineId && a.stageId === b.stageId;
const sameEntry = (a: KnownMove, b: StageHistoryRow): boolean => sameStage(a, b) && a.movedAt === b.movedAt;

/**
 * New rows of one owner against its known moves. A row with a known identity under another row id is ambiguous (a
 * second equal move, or the same one registered anew): only the whole history can tell.
 */
export function matchNewRows(known: KnownMove[], rows: StageHistoryRow[]): HistoryMatch {
  const outcomes: MoveOutcome[] = [];
  let needsWholeHistory = false;
  const all = [...known];
  const corrected = new Set<string>();
  for (const row of byRowId(rows)) {
    const sameRow = all.find((move) => move.rowId === row.rowId);
    if (sameRow) {
      needsWholeHistory ||= sameRow.state === 'withdrawn' || !sameEntry(sameRow, row);
      continue;
    }
    if (all.some((move) => move.state === 'recorded' && sameEntry(move, row))) {
      needsWholeHistory = true;
      continue;
    }
    // Older builds drop earlier rows when the pipeline changes or a finished object is opened again.
    needsWholeHistory ||= row.entry === 'pipeline-changed' || reopens(all, row);
    const awaited = closestReconstructed(all, rows, row, corrected);
    if (awaited) {
      corrected.add(awaited.moveId);
      outcomes.push({ type: 'corrected', move: awaited, movedAt: row.movedAt, rowId: row.rowId });
      continue;
    }
    const ordinal = all.filter((move) => sameEntry(move, row)).length;
    outcomes.push({ type: 'moved', row, ordinal });
    all.push(provisional(row, ordinal));
  }
  return { outcomes, needsWholeHistory };
}

/**
 * The whole history of one owner against its known moves: what is missing was withdrawn by the portal. An empty
 * history withdraws nothing: it vanishes with its owner or with our rights.
 */
export function matchWholeHistory(known: KnownMove[], rows: StageHistoryRow[]): HistoryMatch {
  const outcomes: MoveOutcome[] = [];
  if (rows.length === 0) return { outcomes, needsWholeHistory: false };
  const open = known.filter((move) => move.state === 'recorded').sort((a, b) => a.rowId - b.rowId);
  const corrected = new Set<string>();
  const taken = new Set<KnownMove>();
  const added: KnownMove[] = [];
  for (const row of byRowId(rows)) {
    const candidates = open.filter((move) => !taken.has(move) && sameEntry(move, row));
    const move = candidates.find(({ rowId }) => rowId === row.rowId) ?? candidates[0];
    if (move) {
      taken.add(move);
      if (move.rowId !== row.rowId) {
        const sharesItsTime = rows.some((other) => other !== row && other.movedAt === row.movedAt);
        outcomes.push(
          sharesItsTime
            ? { type: 'corrected', move, movedAt: row.movedAt, rowId: row.rowId }
            : { type: 'renumbered', move, rowId: row.rowId },
        );
      }
      continue;
    }
    const awaited = closestReconstructed(known, rows, row, corrected);
    if (awaited) {
      corrected.add(awaited.moveId);
      outcomes.push({ type: 'corrected', move: awaited, movedAt: row.movedAt, rowId: row.rowId });
      continue;
    }
    const ordinal = [...known, ...added].filter((other) => sameEntry(other, row)).length;
    added.push(provisional(row, ordinal));
    outcomes.push({ type: 'moved', row, ordinal });
  }
  for (const move of open) if (!taken.has(move)) outcomes.push({ type: 'withdrawn', move });
  return { outcomes, needsWholeHistory: false };
}

function byRowId(rows: StageHistoryRow[]): StageHistoryRow[] {
  const unique = new Map(rows.map((row) => [row.rowId, row]));
  return [...unique.values()].sort((a, b) => a.rowId - b.rowId);
}

/** The reconstructed move that a row may turn out to be: of the same stage, with no other move between the two. */
function closestReconstructed(
  known: KnownMove[],
  rows: StageHistoryRow[],
  row: StageHistoryRow,
  taken: Set<string>,
): KnownMove | undefined {
  const others = [...known.filter((move) => move.state !== 'withdrawn'), ...rows];
  const isSeparated = (move: KnownMove): boolean => {
    const [from = '', to = ''] = [move.movedAt, row.movedAt].sort();
    return others.some((other) => other.movedAt > from && other.movedAt < to);
  };
  const distance = (move: KnownMove): number => Math.abs(Date.parse(move.movedAt) - Date.parse(row.movedAt));
  return known
    .filter(
      (move) => move.state === 'reconstructed' && !taken.has(move.moveId) && sameStage(move, row) && !isSeparated(move),
    )
    .sort((a, b) => distance(a) - distance(b))[0];
}

function reopens(moves: KnownMove[], row: StageHistoryRow): boolean {
  const last = moves
    .filter((move) => move.state !== 'withdrawn')
    .sort((a, b) => compareMoves(a, b))
    .at(-1);
  return row.semantics === 'P' && last !== undefined && last.semantics !== 'P';
}

/** Order of moves of one object: time, then row id. */
function compareMoves(a: { movedAt: string; rowId: number }, b: { movedAt: string; rowId: number }): number {
  return a.movedAt < b.movedAt ? -1 : a.movedAt > b.movedAt ? 1 : a.rowId - b.rowId;
}

function provisional(row: StageHistoryRow, ordinal: number): KnownMove {
  return {
    moveId: `row ${row.rowId}`,
    pipelineId: row.pipelineId satisfies PipelineId,
    stageId: row.stageId,
    semantics: row.semantics,
    movedAt: row.movedAt,
    ordinal,
    rowId: row.rowId,
    state: 'recorded',
  };
}
