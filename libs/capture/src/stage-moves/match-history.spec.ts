import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StageHistoryRow } from '../normalise/stage-history.js';
import { type HistoryMatch, type KnownMove, matchNewRows, matchWholeHistory } from './match-history.js';
import { freeMoveId } from './record-history.js';

const at = (second: number): string => new Date(Date.UTC(2026, 8, 1) + second * 1000).toISOString();
const row = (
  rowId: number,
  stageId: string,
  second: number,
  changes: Partial<StageHistoryRow> = {},
): StageHistoryRow => ({
  kind: 'deal',
  ownerId: '1',
  rowId,
  pipelineId: 'deal:0',
  stageId,
  semantics: stageId === 'WON' ? 'S' : 'P',
  movedAt: at(second),
  entry: 'moved',
  ...changes,
});
const known = (rowId: number, stageId: string, second: number, changes: Partial<KnownMove> = {}): KnownMove => ({
  moveId: `${stageId} ${second} ${changes.ordinal ?? 0}`,
  pipelineId: 'deal:0',
  stageId,
  semantics: stageId === 'WON' ? 'S' : 'P',
  movedAt: at(second),
  ordinal: 0,
  rowId,
  state: 'recorded',
  ...changes,
});

/** Known moves after the outcomes were stored. */
function store(moves: KnownMove[], match: HistoryMatch): KnownMove[] {
  const stored = new Map(moves.map((move) => [move.moveId, move]));
  for (const outcome of match.outcomes) {
    if (outcome.type === 'moved') {
      const move = known(outcome.row.rowId, outcome.row.stageId, 0, {
        movedAt: outcome.row.movedAt,
        ordinal: outcome.ordinal,
      });
      const moveId = `${move.stageId} ${move.movedAt} ${move.ordinal}`;
      if (stored.has(moveId)) throw new Error(`two moves have the id ${moveId}`);
      stored.set(moveId, { ...move, moveId });
    } else if (outcome.type === 'withdrawn') stored.set(outcome.move.moveId, { ...outcome.move, state: 'withdrawn' });
    else if (outcome.type === 'renumbered') stored.set(outcome.move.moveId, { ...outcome.move, rowId: outcome.rowId });
    else {
      stored.set(outcome.move.moveId, {
        ...outcome.move,
        movedAt: outcome.movedAt,
        rowId: outcome.rowId,
        state: 'recorded',
      });
    }
  }
  return [...stored.values()];
}
const standing = (moves: KnownMove[]): string[] =>
  moves
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ stageId, movedAt }) => `${stageId} ${movedAt}`)
    .sort();
const types = (match: HistoryMatch): string[] => match.outcomes.map(({ type }) => type);

describe('new rows of the stage history', () => {
  it('are moves once, however often they are read', () => {
    const first = matchNewRows([], [row(1, 'NEW', 0), row(2, 'MEETING', 5)]);
    expect(types(first)).toEqual(['moved', 'moved']);
    expect(matchNewRows(store([], first), [row(1, 'NEW', 0), row(2, 'MEETING', 5)]).outcomes).toEqual([]);
  });

  it('correct the reconstructed move they were awaited for', () => {
    const awaited = known(0, 'MEETING', 9, { state: 'reconstructed' });
    const match = matchNewRows([known(1, 'NEW', 0), awaited], [row(2, 'MEETING', 5)]);
    expect(match.outcomes).toEqual([{ type: 'corrected', move: awaited, movedAt: at(5), rowId: 2 }]);
  });

  it('that repeat a known entry under another id ask for the whole history', () => {
    const match = matchNewRows([known(1, 'NEW', 0)], [row(7, 'NEW', 0)]);
    expect(match).toEqual({ outcomes: [], needsWholeHistory: true });
  });

  it('of another pipeline or a reopened object ask for the whole history: older builds rewrite it', () => {
    expect(
      matchNewRows([known(1, 'NEW', 0)], [row(2, 'C5:NEW', 3, { entry: 'pipeline-changed' })]).needsWholeHistory,
    ).toBe(true);
    expect(matchNewRows([known(1, 'WON', 0)], [row(2, 'NEW', 3)]).needsWholeHistory).toBe(true);
  });
});

describe('the whole history of an owner', () => {
  it('tells two equal moves of one second apart', () => {
    const match = matchWholeHistory([known(1, 'NEW', 0)], [row(1, 'NEW', 0), row(2, 'MEETING', 0), row(3, 'NEW', 0)]);
    expect(match.outcomes).toMatchObject([
      { type: 'moved', row: { rowId: 2 }, ordinal: 0 },
      { type: 'moved', row: { rowId: 3 }, ordinal: 1 },
    ]);
  });

  it('withdraws what the portal no longer has, but nothing when it has nothing at all', () => {
    const moves = [known(1, 'NEW', 0), known(2, 'WON', 5)];
    expect(types(matchWholeHistory(moves, [row(1, 'NEW', 0)]))).toEqual(['withdrawn']);
    expect(matchWholeHistory(moves, []).outcomes).toEqual([]);
  });

  it('registered anew is the same history', () => {
    const moves = [known(1, 'NEW', 0), known(2, 'MEETING', 5)];
    expect(types(matchWholeHistory(moves, [row(11, 'NEW', 0), row(12, 'MEETING', 5)]))).toEqual([
      'renumbered',
      'renumbered',
    ]);
  });

  it('always leads to the moves of the portal, from any state, and then says nothing more', () => {
    const stage = fc.constantFrom('NEW', 'MEETING', 'WON');
    const entries = fc.array(fc.tuple(stage, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(entries, entries, fc.nat({ max: 5 }), (before, after, shift) => {
        const rowsOf = (list: [string, number][], from: number) =>
          list.map(([name, second], index) => row(from + index, name, second));
        let moves = store([], matchWholeHistory([], rowsOf(before, 1)));
        const rows = rowsOf(after, 1 + shift);
        moves = store(moves, matchWholeHistory(moves, rows));
        expect(standing(moves)).toEqual(rows.map(({ stageId, movedAt }) => `${stageId} ${movedAt}`).sort());
        const again = matchWholeHistory(moves, rows);
        expect(again.outcomes.filter(({ type }) => type !== 'corrected' && type !== 'renumbered')).toEqual([]);
      }),
    );
  });
});

it('an id taken by a corrected move is not used again', () => {
  const entry = { pipelineId: 'deal:0', stageId: 'NEW', movedAt: '2026-09-01T09:00:00.000Z' };
  const first = freeMoveId('portal', 'deal', '7', entry, 0, new Set());
  const second = freeMoveId('portal', 'deal', '7', entry, 0, new Set([first.moveId]));
  expect(first.ordinal).toBe(0);
  expect(second.ordinal).toBe(1);
  expect(second.moveId).not.toBe(first.moveId);
});

it('a row behind another move is not taken for the reconstructed one before it', () => {
  const known: KnownMove[] = [
    {
      moveId: 'a',
      pipelineId: 'deal:0',
      stageId: 'NEW',
      semantics: 'P',
      movedAt: at(0),
      ordinal: 0,
      rowId: 0,
      state: 'reconstructed',
    },
  ];
  const types = (match: HistoryMatch) => match.outcomes.map(({ type }) => type);
  expect(types(matchNewRows(known, [row(1, 'PREPARATION', 10), row(2, 'NEW', 20)]))).toEqual(['moved', 'moved']);
  expect(types(matchNewRows(known, [row(1, 'NEW', 3)]))).toEqual(['corrected']);
});
