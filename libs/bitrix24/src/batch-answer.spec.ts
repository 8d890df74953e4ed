import { expect, test } from '@jest/globals';
import { byKey, readBatchAnswer } from './batch-answer.js';

const commands = ['0', '1', '2'].map((key) => ({ key, method: 'crm.deal.get', idempotent: true }));

function outcomes(result: unknown): string[] {
  return [...readBatchAnswer(result, commands, 'host').values()].map((outcome) =>
    outcome.ok ? JSON.stringify(outcome.result) : outcome.failure.code,
  );
}

test('containers are lists, maps or empty lists', () => {
  expect([...byKey(['a', 'b'])]).toEqual([
    ['0', 'a'],
    ['1', 'b'],
  ]);
  expect([...byKey({ 0: 'a', 2: 'b' })]).toEqual([
    ['0', 'a'],
    ['2', 'b'],
  ]);
  expect([...byKey([])]).toEqual([]);
  expect([...byKey(null)]).toEqual([]);
});

test('all went well: everything is a list', () => {
  expect(outcomes({ result: [1, null, [3]], result_error: [], result_time: [] })).toEqual(['1', 'null', '[3]']);
});

test('the middle one failed: results are a map, errors too', () => {
  const result = { result: { 0: 1, 2: 3 }, result_error: { 1: { error: '', error_description: 'Not found' } } };
  expect(outcomes(result)).toEqual(['1', 'NOT_FOUND', '3']);
});

test('only the first one failed: errors are a list', () => {
  const result = { result: { 1: 2, 2: 3 }, result_error: [{ error: 'insufficient_scope' }] };
  expect(outcomes(result)).toEqual(['SCOPE_MISSING', '2', '3']);
});

test('all failed: results are an empty list', () => {
  const error = { error: 'ACCESS_DENIED', error_description: 'Access denied.' };
  expect(outcomes({ result: [], result_error: [error, error, error] })).toEqual(Array(3).fill('ACCESS_DENIED'));
});

test('a command that appears nowhere was not executed and may be repeated', () => {
  expect(outcomes({ result: [1, 2] })).toEqual(['1', '2', 'TEMPORARY']);
  expect(outcomes('nonsense')).toEqual(Array(3).fill('TEMPORARY'));
});

test('totals, next pages and times belong to their command', () => {
  const time = {
    date_start: '2026-09-21T10:00:00+03:00',
    duration: 0.1,
    operating: 0.4,
    operating_reset_at: 1790000600,
  };
  const answer = readBatchAnswer(
    {
      result: { 0: [], 1: [] },
      result_error: { 2: {} },
      result_total: { 1: 120 },
      result_next: { 1: 50 },
      result_time: { 1: time },
    },
    commands,
    'host',
  );
  expect(answer.get('0')).toMatchObject({ ok: true, total: null, next: null, time: null });
  expect(answer.get('1')).toMatchObject({ total: 120, next: 50, time: { startedAt: '2026-09-21T07:00:00.000Z' } });
});
