import { expect, test } from '@jest/globals';
import { nextPollInMs, readAnswer, type TaskFacts } from './task-answer.js';

const task: TaskFacts = {
  status: '2',
  statusChangedBy: '1',
  statusChangedAt: '2026-11-20T10:00:00+03:00',
  closedAt: null,
  viewedAt: null,
};
const at = (hour: string) => new Date(`2026-11-20T${hour}:00:00+03:00`);

test('a task that nobody touched tells nothing', () => {
  expect(readAnswer(task, '7', '1')).toEqual({ seenAt: null, doneAt: null });
});

test('that somebody else looked at it is not told; who asks is told of their own looking', () => {
  const viewed = { ...task, viewedAt: '2026-11-20T11:00:00+03:00' };
  expect(readAnswer(viewed, '7', '1').seenAt).toBeNull();
  expect(readAnswer(viewed, '1', '1').seenAt).toEqual(at('11'));
});

test('who begins a task has seen it, who passes it on for somebody else has not', () => {
  const begun = { ...task, status: '3', statusChangedAt: '2026-11-20T12:00:00+03:00' };
  expect(readAnswer({ ...begun, statusChangedBy: '7' }, '7', '1')).toEqual({ seenAt: at('12'), doneAt: null });
  expect(readAnswer(begun, '7', '1').seenAt).toBeNull();
});

test.each(['4', '5'])('with status %s the work is done, whoever says so', (status) => {
  const done = { ...task, status, closedAt: '2026-11-20T13:00:00+03:00' };
  expect(readAnswer(done, '7', '1')).toEqual({ seenAt: null, doneAt: at('13') });
  expect(readAnswer({ ...done, closedAt: null }, '7', '1').doneAt).toEqual(at('10'));
});

test('old tasks are asked about less and less, and in the end not at all', () => {
  const pauses = [0, 1, 6, 7, 29, 30, 89, 90].map((days) => nextPollInMs(days * 86_400_000));
  expect(pauses.map((ms) => (ms === null ? null : ms / 60_000))).toEqual([10, 60, 60, 360, 360, 1440, 1440, null]);
});
