import { describe, expect, test } from '@jest/globals';
import { expandMacros, isMacro, type MacroContext } from './expand-macros.js';

const fiveMinutes: MacroContext = {
  from: new Date('2018-04-12T18:00:00Z'),
  to: new Date('2018-04-12T18:05:00Z'),
  intervalMs: 120_000,
};
const beforeTheEpoch: MacroContext = {
  from: new Date('1960-02-01T07:00:00.500Z'),
  to: new Date('1965-02-03T08:00:00.050Z'),
  intervalMs: 60_000,
};

describe('a macro becomes what Grafana makes of it', () => {
  test.each([
    ['select $__time(time_column)', 'select time_column AS "time"'],
    ['select min($__time(time_column))', 'select min(time_column AS "time")'],
    ['select $__timeEpoch(c)', 'select extract(epoch from c) as "time"'],
    ['WHERE $__timeFilter(c)', "WHERE c BETWEEN '2018-04-12T18:00:00Z' AND '2018-04-12T18:05:00Z'"],
    ['WHERE $__timeFilter( t.c )', "WHERE t.c BETWEEN '2018-04-12T18:00:00Z' AND '2018-04-12T18:05:00Z'"],
    ['WHERE $__unixEpochFilter(\n c )', 'WHERE \n c >= 1523556000 AND \n c <= 1523556300'],
    ['$__timeFrom()', "'2018-04-12T18:00:00Z'"],
    ['$__timeTo()::timestamptz', "'2018-04-12T18:05:00Z'::timestamptz"],
    ["GROUP BY $__timeGroup(c,'5m')", 'GROUP BY floor(extract(epoch from c)/300)*300'],
    ["$__timeGroup(c , '5m')", 'floor(extract(epoch from c)/300)*300'],
    ["$__timeGroup(c, '5m', NULL)", 'floor(extract(epoch from c)/300)*300'],
    ["$__timeGroup(c, '5m', previous)", 'floor(extract(epoch from c)/300)*300'],
    ["$__timeGroup(c, '5m', 0)", 'floor(extract(epoch from c)/300)*300'],
    ['$__timeGroup(c, 1h)', 'floor(extract(epoch from c)/3600)*3600'],
    ["$__timeGroup(c, '20ms')", 'floor(extract(epoch from c)/0.02)*0.02'],
    ["$__timeGroup(c, '1h30m')", 'floor(extract(epoch from c)/5400)*5400'],
    ["$__timeGroup(c, '2w')", 'floor(extract(epoch from c)/1.2096e+06)*1.2096e+06'],
    ["$__timeGroup(c, '7d')", 'floor(extract(epoch from c)/604800)*604800'],
    ["$__timeGroup(c, '12d')", 'floor(extract(epoch from c)/1.0368e+06)*1.0368e+06'],
    ["$__timeGroupAlias(c,'5m')", 'floor(extract(epoch from c)/300)*300 AS "time"'],
    ['$__timeGroupAlias(c,$__interval)', 'floor(extract(epoch from c)/120)*120 AS "time"'],
    ["$__timeGroupAlias(c,'$__interval')", 'floor(extract(epoch from c)/120)*120 AS "time"'],
    ['$__unixEpochFilter(c)', 'c >= 1523556000 AND c <= 1523556300'],
    ['$__unixEpochNanoFilter(c)', 'c >= 1523556000000000000 AND c <= 1523556300000000000'],
    ['$__unixEpochFrom() $__unixEpochTo()', '1523556000 1523556300'],
    ['$__unixEpochNanoFrom() $__unixEpochNanoTo()', '1523556000000000000 1523556300000000000'],
    ["$__unixEpochGroup(a+b,'5m')", 'floor((a+b)/300)*300'],
    ["$__unixEpochGroupAlias(a+b,'5m')", 'floor((a+b)/300)*300 AS "time"'],
    ["SELECT '$__interval', $__interval_ms", "SELECT '2m', 120000"],
  ])('%s', (written, sent) => {
    expect(expandMacros(written, fiveMinutes)).toBe(sent);
  });

  test('a group with a comma behind it is the time column, as old dashboards meant it', () => {
    expect(expandMacros("SELECT $__timeGroup(c,'5m'), v", fiveMinutes)).toBe(
      'SELECT floor(extract(epoch from c)/300)*300 AS "time", v',
    );
    expect(expandMacros("SELECT $__timeGroup(c,'5m') as time, v", fiveMinutes)).toBe(
      'SELECT floor(extract(epoch from c)/300)*300 as time, v',
    );
    expect(expandMacros("SELECT $__timeGroup(c,'5m') , v", fiveMinutes)).not.toContain('AS');
  });

  test('what stands behind the first of equal groups decides about all of them', () => {
    expect(expandMacros("SELECT $__timeGroup(c,'5m'), v GROUP BY $__timeGroup(c,'5m')", fiveMinutes)).toBe(
      'SELECT floor(extract(epoch from c)/300)*300 AS "time", v GROUP BY floor(extract(epoch from c)/300)*300 AS "time"',
    );
  });

  test('instants have no zeros behind their fraction, and seconds are cut downwards before 1970', () => {
    expect(expandMacros('$__timeFilter(c)', beforeTheEpoch)).toBe(
      "c BETWEEN '1960-02-01T07:00:00.5Z' AND '1965-02-03T08:00:00.05Z'",
    );
    expect(expandMacros('$__unixEpochFilter(c)', beforeTheEpoch)).toBe('c >= -312915600 AND c <= -154886400');
    expect(expandMacros('$__unixEpochNanoFrom()', beforeTheEpoch)).toBe('-312915599500000000');
  });

  test('a macro ends at the first closing parenthesis, so a function inside breaks the SQL in silence', () => {
    expect(expandMacros('WHERE $__timeFilter(coalesce(a,b))', fiveMinutes)).toBe(
      "WHERE coalesce(a BETWEEN '2018-04-12T18:00:00Z' AND '2018-04-12T18:05:00Z')",
    );
  });
});

describe('refused is', () => {
  test.each([
    ['$__timeRange(c)', /Unknown macro \$__timeRange/],
    ['$constructor(c)', /Unknown macro/],
    ['$__timeGroup(c)', /needs a column and an interval/],
    ['$__time()', /needs a column/],
    ["$__timeGroup(c, '1M')", /changes with the day/],
    ["$__timeGroup(c, '1y')", /changes with the day/],
    ["$__timeGroup(c, '5 minutes')", /not an interval/],
    ["$__timeGroup(c, '5m', next)", /cannot fill/],
  ])('%s', (written, why) => {
    expect(() => expandMacros(written, fiveMinutes)).toThrow(why);
  });
});

test('what is commented out is not sent, and its macros are not read', () => {
  expect(expandMacros('SELECT 1 -- $__nothing(c)\nFROM t /* $__timeFilter( */ WHERE (x = 1)', fiveMinutes)).toBe(
    'SELECT 1 \nFROM t  WHERE (x = 1)',
  );
});

test('macros are told from other words with a dollar sign', () => {
  expect(['__timeFilter', '__interval', '__unixEpochTo'].map(isMacro)).toEqual([true, true, true]);
  expect(['__from', 'portal', 'toString'].map(isMacro)).toEqual([false, false, false]);
});
