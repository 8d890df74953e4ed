import { expect, test } from '@jest/globals';
import { decideIndicator, evolveIndicators, type Indicator, type Indicators, noIndicators } from './indicators.js';

const meetings: Indicator = {
  indicatorId: 'meetings',
  name: { ru: 'Встречи', en: 'Meetings' },
  measure: { kind: 'activity', activity: 'meeting', direction: 'any' },
  minutes: 60,
  isOffered: true,
};
const known = (...indicators: Indicator[]): Indicators =>
  indicators.reduce((all, one) => decideIndicator(one, all, 'me').reduce(evolveIndicators, all), noIndicators);

test('an indicator is defined, renamed and taken off, and saying it again changes nothing', () => {
  const off = { ...meetings, name: { ru: 'Встречи у клиента', en: 'Visits' }, isOffered: false };
  expect([...known(meetings, off).values()]).toEqual([off]);
  expect(decideIndicator(meetings, known(meetings), 'me')).toEqual([]);
});

test('as it comes back from the log, with keys in another order, it is the same', () => {
  const { measure, ...rest } = meetings;
  const sorted = { ...rest, measure: Object.fromEntries(Object.entries(measure).toSorted()) as Indicator['measure'] };
  expect(decideIndicator(meetings, known(sorted), 'me')).toEqual([]);
});

test.each([
  [{ indicatorId: 'Meetings' }, 'INDICATOR_INVALID'],
  [{ name: { ru: ' ', en: 'x' } }, 'INDICATOR_INVALID'],
  [{ minutes: 0 }, 'INDICATOR_INVALID'],
  [{ measure: { kind: 'paid' as const } }, 'INDICATOR_MEASURE_FIXED'],
])('%j is refused', (change, code) => {
  expect(() => decideIndicator({ ...meetings, ...change }, known(meetings), 'me')).toThrow(
    expect.objectContaining({ code }),
  );
});

test('a portal has sixty at most', () => {
  const many = Array.from({ length: 60 }, (_, count) => ({ ...meetings, indicatorId: `m${count}` }));
  expect(() => decideIndicator(meetings, known(...many), 'me')).toThrow(
    expect.objectContaining({ code: 'INDICATORS_TOO_MANY' }),
  );
});
