import { describe, expect, test } from '@jest/globals';
import { interpolate, type Selection, variablesOf } from './interpolate.js';

const long = 'ы'.repeat(300);

describe('a list of literals stands for', () => {
  test.each<[string, Selection, string]>([
    ['one value', { one: 'b1' }, "'b1'"],
    ['a value with a quote', { one: "O'Brien" }, "'O''Brien'"],
    ['a value with nothing but quotes', { one: "''" }, "''''''"],
    ['a value with a double quote, which then finds nothing', { one: 'ООО "Рога"' }, `'ООО \\"Рога\\"'`],
    ['a value in Cyrillic', { one: 'Продажи' }, "'Продажи'"],
    ['300 characters', { one: long }, `'${long}'`],
    ['a value that looks like SQL', { one: "'); DROP TABLE t; --" }, "'''); DROP TABLE t; --'"],
    ['an empty value', { one: '' }, "''"],
    ['several values', { several: ["a'1", 'b2'] }, "'a''1','b2'"],
    ['one of several', { several: ['b2'] }, "'b2'"],
    ['none of several', { several: [] }, ''],
    ['All, which is every option', { all: ['a', "b'", 'c'] }, "'a','b''','c'"],
    ['All of no options', { all: [] }, ''],
    ['All with a text of its own, as it stands', { all: ['a'], allValue: 'a OR 1=1' }, 'a OR 1=1'],
  ])('%s', (_what, selection, list) => {
    expect(interpolate('x IN (${v:sqlstring})', { v: selection })).toBe(`x IN (${list})`);
  });
});

const chosen = { v: { one: 'x' }, w: { several: ['y', 'z'] } };

test('every variable is replaced, wherever it stands, and macros are left', () => {
  expect(
    interpolate("a = ${v:sqlstring} AND b IN (${w:sqlstring}) AND $__timeFilter(c) AND d = '$__interval'", chosen),
  ).toBe("a = 'x' AND b IN ('y','z') AND $__timeFilter(c) AND d = '$__interval'");
});

describe('refused is', () => {
  test.each([
    ['another format', 'a IN (${w:csv})', /not safe in SQL/],
    ['no format at all', 'a IN (${w:raw})', /not safe in SQL/],
    ['quotes of another database', 'a IN (${w:singlequote})', /not safe in SQL/],
    ['the default format', 'a = ${v}', /not safe in SQL/],
    ['a bare name', 'a = $v', /not safe in SQL/],
    ['the old brackets', 'a = [[v]]', /not safe in SQL/],
    ['a part of a variable', 'a = ${v.text:sqlstring}', /not safe in SQL/],
    ['what only the browser knows', 'a > $__from', /not safe in SQL/],
    ['that in braces', 'a > ${__from:date:iso}', /not safe in SQL/],
    ['a variable in quotes', "a = '${v:sqlstring}'", /inside quotes/],
    ['a bare one in quotes', "a = 'x $v'", /inside quotes/],
    ['one in a quoted name', 'SELECT "${v:sqlstring}"', /inside quotes/],
    ['one in a dollar quote', 'SELECT $$ $v $$', /inside quotes/],
    ['one in a macro', '$__timeFilter(${v:sqlstring})', /inside a macro/],
    ['an unknown one', 'a = ${u:sqlstring}', /Nothing is known of the variable u/],
    ['one that objects have by nature', 'a = ${toString:sqlstring}', /Nothing is known/],
  ])('%s', (_what, sql, why) => {
    expect(() => interpolate(sql, chosen)).toThrow(why);
  });
});

test('a dollar sign in a text is no variable', () => {
  expect(interpolate("a = 'costs $5' -- ${v}", chosen)).toBe("a = 'costs $5' -- ${v}");
});

test('the variables of a text are named once each, built-ins are not', () => {
  expect(variablesOf('$a ${b:csv} [[c]] ${a} $__from ${__to:date} $1')).toEqual(['a', 'b', 'c']);
});
