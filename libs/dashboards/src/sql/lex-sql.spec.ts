import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lexSql, stripComments } from './lex-sql.js';

describe('without comments', () => {
  test.each([
    ['SELECT 1 -- a comment', 'SELECT 1 '],
    ['SELECT /* a comment */ 1', 'SELECT  1'],
    ['SELECT /*\n several\n lines */ 1', 'SELECT  1'],
    ['SELECT /* one /* in */ another */ 1', 'SELECT  1'],
    ['SELECT 1 -- a comment\nFROM t', 'SELECT 1 \nFROM t'],
    ["SELECT '-- in a text' AS a -- outside", "SELECT '-- in a text' AS a "],
    ["SELECT 'it''s -- in a text' AS a", "SELECT 'it''s -- in a text' AS a"],
    ["SELECT '/* in a text */'/* outside */", "SELECT '/* in a text */'"],
    ['SELECT "a -- name" FROM t', 'SELECT "a -- name" FROM t'],
    ['SELECT "a ""-- name""" FROM t', 'SELECT "a ""-- name""" FROM t'],
    ['SELECT $$ -- in $$ -- out', 'SELECT $$ -- in $$ '],
    ['SELECT $body$ /* $$ in */ $body$/* out */', 'SELECT $body$ /* $$ in */ $body$'],
    ['SELECT $__timeFrom() -- comment', 'SELECT $__timeFrom() '],
    ['SELECT $1 -- comment', 'SELECT $1 '],
    ["SELECT E'it\\'s -- in' -- out", "SELECT E'it\\'s -- in' "],
    ['SELECT 1 /* never closed', 'SELECT 1 '],
  ])('%s', (sql, stripped) => {
    expect(stripComments(sql)).toBe(stripped);
  });
});

test('macros, variables and dollar quotes are told apart', () => {
  const kinds = (sql: string): string[] => lexSql(sql).map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds('$__time(a)$v${w:csv}[[x]]$$t$$')).toEqual([
    'macro $__time(a)',
    'variable $v',
    'variable ${w:csv}',
    'variable [[x]]',
    'dollar $$t$$',
  ]);
});

test('no character of any text is lost', () => {
  const fragment = fc.constantFrom(
    "'",
    '"',
    '$',
    '$$',
    '--',
    '/*',
    '*/',
    '\n',
    ' ',
    '${',
    '}',
    '(',
    ')',
    'a',
    '1',
    'é',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.array(fragment).map((parts) => parts.join('')),
      (sql) => {
        expect(
          lexSql(sql)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(sql);
      },
    ),
  );
});
