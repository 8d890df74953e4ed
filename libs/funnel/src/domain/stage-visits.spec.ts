import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type StageMove, visitsOf } from './stage-visits.js';

const move = (moveId: string, occurredAtMs: number, stageId: string, more: Partial<StageMove> = {}): StageMove => ({
  moveId,
  occurredAtMs,
  order: 0,
  pipelineId: 'deal:0',
  stageId,
  semantics: 'P',
  provenance: 'observed',
  isWithdrawn: false,
  eventId: moveId,
  ...more,
});

const path = (moves: StageMove[]) => visitsOf(moves).map((visit) => visit.move.stageId);

test('moves of one second keep the order of the portal', () => {
  expect(
    path([move('c', 5, 'C', { order: 3 }), move('a', 5, 'A', { order: 1 }), move('b', 5, 'B', { order: 2 })]),
  ).toEqual(['A', 'B', 'C']);
});

test('equal neighbours are one visit that begins with the first of them', () => {
  const visits = visitsOf([move('1', 1, 'A'), move('2', 2, 'A'), move('3', 3, 'B'), move('4', 4, 'A')]);
  expect(visits.map(({ move, leftAtMs, isFirstEntry }) => [move.moveId, leftAtMs, isFirstEntry])).toEqual([
    ['1', 3, true],
    ['3', 4, true],
    ['4', null, false],
  ]);
});

test('a withdrawn move joins its neighbours', () => {
  expect(path([move('1', 1, 'A'), move('2', 2, 'B', { isWithdrawn: true }), move('3', 3, 'A')])).toEqual(['A']);
});

test('the same stage id in another pipeline is another stage', () => {
  const visits = visitsOf([move('1', 1, 'A'), move('2', 2, 'A', { pipelineId: 'deal:5' })]);
  expect(visits.map((visit) => visit.isFirstInPipeline)).toEqual([true, true]);
  expect(visits[0]?.next).toEqual({ pipelineId: 'deal:5', stageId: 'A' });
});

test('visits do not depend on the order in which moves become known, and tile the life of the object', () => {
  const moves = fc.uniqueArray(
    fc.record({
      moveId: fc.integer({ min: 0, max: 99 }).map(String),
      occurredAtMs: fc.integer({ min: 0, max: 9 }),
      stageId: fc.constantFrom('A', 'B', 'C'),
      order: fc.integer({ min: 0, max: 3 }),
      pipelineId: fc.constantFrom('deal:0', 'deal:5'),
      isWithdrawn: fc.boolean(),
    }),
    { selector: (row) => row.moveId, maxLength: 12 },
  );
  fc.assert(
    fc.property(moves, fc.infiniteStream(fc.nat()), (rows, keys) => {
      const known = rows.map((row) => move(row.moveId, row.occurredAtMs, row.stageId, row));
      const shuffled = known.map((row) => ({ row, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
      const visits = visitsOf(known);
      expect(visitsOf(shuffled.map(({ row }) => row))).toEqual(visits);
      visits.forEach((visit, index) => {
        expect(visit.sequence).toBe(index);
        expect(visit.leftAtMs).toBe(visits[index + 1]?.move.occurredAtMs ?? null);
      });
    }),
  );
});
