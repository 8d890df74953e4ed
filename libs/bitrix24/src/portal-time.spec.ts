import { expect, test } from '@jest/globals';
import { readPortalTime } from './portal-time.js';

const dateStart = '2026-09-21T10:00:00+03:00';
const startSeconds = Date.parse(dateStart) / 1000;

test('a full block', () => {
  const raw = {
    date_start: dateStart,
    finish: startSeconds + 1,
    duration: 0.5,
    operating: 12.5,
    operating_reset_at: startSeconds + 61,
  };
  expect(readPortalTime(raw)).toEqual({
    startedAt: '2026-09-21T07:00:00.000Z',
    offsetMinutes: 180,
    durationSeconds: 0.5,
    operatingSeconds: 12.5,
    operatingResetInSeconds: 60,
  });
});

test.each([
  ['no account of operating time', {}, null, null],
  ['operating alone', { operating: 0 }, 0, null],
  ['reset as a text', { operating: 1, operating_reset_at: '2026-09-21T10:01:00+03:00' }, 1, 60],
  ['reset in the past', { operating: 1, operating_reset_at: startSeconds - 5 }, 1, 0],
])('%s', (_title, extra, operatingSeconds, operatingResetInSeconds) => {
  expect(readPortalTime({ date_start: dateStart, ...extra })).toMatchObject({
    operatingSeconds,
    operatingResetInSeconds,
  });
});

test.each([undefined, null, [], {}, { date_start: 'yesterday' }])('%j is no time', (raw) => {
  expect(readPortalTime(raw)).toBeNull();
});
