import { describe, expect, test } from '@jest/globals';
import { readSql } from './read-sql.js';

describe('columns of', () => {
  test.each([
    ['SELECT a, t.b, "C d", t."E" FROM t', ['a', 'b', 'C d', 'E']],
    ['SELECT a AS x, b y, count(*) "n", 1 AS "Öne" FROM t', ['x', 'y', 'n', 'Öne']],
    ['SELECT a::text, max(b)::float8, (c)::int AS d FROM t', ['a', 'max', 'd']],
    ['SELECT a::double precision, b::timestamp with time zone, c::numeric(10, 2) e FROM t', ['a', 'b', 'e']],
    ['SELECT CASE WHEN a THEN 1 END, CASE WHEN b THEN 1 ELSE 2 END AS k FROM t', ['case', 'k']],
    ['SELECT count(*) FILTER (WHERE a IS NOT NULL) AS n, coalesce(a, b) FROM t', ['n', 'coalesce']],
    ['SELECT DISTINCT ON (a, b) a, c FROM t', ['a', 'c']],
    ['WITH x AS (SELECT q FROM t) SELECT a FROM x', ['a']],
    ['SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) AS x, b FROM t', ['x', 'b']],
    ['SELECT a FROM t UNION ALL SELECT b FROM u', ['a']],
    ['SELECT 1 + 1, a IS NULL FROM t', ['?column?', '?column?']],
    ['(SELECT a FROM t)', []],
  ])('%s', (sql, names) => {
    expect(readSql(sql).columns.map((column) => column.name)).toEqual(names);
  });
});

describe('relations of', () => {
  test.each([
    ['SELECT 1 FROM g.a JOIN g.b USING (id) LEFT JOIN g.c ON true', ['g.a', 'g.b', 'g.c']],
    ['SELECT 1 FROM g.a x, g.b AS y, LATERAL (SELECT 1 FROM g.c) z', ['g.c', 'g.a', 'g.b']],
    ['WITH a AS (SELECT 1 FROM g.b), c (x) AS MATERIALIZED (SELECT 1 FROM a) SELECT 1 FROM c, d', ['g.b', 'd']],
    ['WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT 1 FROM a) SELECT 1 FROM a', []],
    ['SELECT 1 FROM (g.a JOIN (g.b JOIN g.c ON true) ON true)', ['g.a', 'g.b', 'g.c']],
    ['SELECT 1 WHERE EXISTS (SELECT FROM g.a WHERE x IN (SELECT y FROM g.b))', ['g.a', 'g.b']],
    ['SELECT extract(epoch FROM a), substring(b FROM 2), trim(both FROM c) FROM g.t', ['g.t']],
    ['SELECT 1 FROM g.a WHERE x IS NOT DISTINCT FROM y', ['g.a']],
    ['SELECT 1 FROM "G"."A b"', ['G.A b']],
    ['SELECT 1 FROM ONLY g.a', ['g.a']],
    ['SELECT 1 FROM unnest(ARRAY[1]) WITH ORDINALITY AS u (x, i) JOIN g.a ON true', ['g.a']],
    ["SELECT 1 FROM g.a -- FROM g.b\n WHERE x = 'FROM g.c'", ['g.a']],
  ])('%s', (sql, relations) => {
    expect([...readSql(sql).relations].sort()).toEqual([...relations].sort());
  });

  test('functions are told apart', () => {
    expect(readSql('SELECT 1 FROM generate_series(1, 2) d CROSS JOIN LATERAL g.f(d) JOIN g.a ON true')).toMatchObject({
      functions: ['generate_series', 'g.f'],
      relations: ['g.a'],
    });
  });
});

describe('one SELECT', () => {
  test.each([
    ['SELECT 1', true],
    ['SELECT 1;', true],
    ['WITH a AS (SELECT 1) SELECT 2', true],
    ['SELECT update, "into" FROM t', true],
    ['SELECT 1; SELECT 2', false],
    ['DELETE FROM t', false],
    ['SET ROLE x', false],
    ['WITH a AS (INSERT INTO t VALUES (1) RETURNING x) SELECT 1', false],
    ['SELECT 1 INTO t', false],
    ['SELECT 1 FROM t FOR UPDATE', false],
    ['', false],
  ])('%s: %s', (sql, isOne) => {
    expect(readSql(sql).isOneSelect).toBe(isOne);
  });
});

describe('limit of', () => {
  test.each([
    ['SELECT a FROM t LIMIT 5', 5],
    ['SELECT a FROM t LIMIT 5 OFFSET 3', 5],
    ['SELECT a FROM t FETCH FIRST 7 ROWS ONLY', 7],
    ['SELECT a FROM (SELECT a FROM t LIMIT 5) u', undefined],
    ['SELECT a FROM t LIMIT ALL', undefined],
    ['SELECT first FROM t', undefined],
  ])('%s', (sql, limit) => {
    expect(readSql(sql).limit).toBe(limit);
  });
});

describe('one row at most by nature', () => {
  test.each([
    ['SELECT max(a) AS a, coalesce(sum(b), 0) AS b FROM t', true],
    ['SELECT 1 AS a', true],
    ['SELECT max(a) AS a, b FROM t', false],
    ['SELECT max(a) AS a FROM t GROUP BY b', false],
    ['SELECT max(a) OVER () AS a FROM t', false],
    ['SELECT (SELECT max(a) FROM u) AS a FROM t', false],
    ['SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) AS a FROM t', true],
    ['SELECT (SELECT 1) + ((SELECT max(a) FROM u) + 1) AS a FROM t', false],
    ['SELECT (SELECT max(a) FROM u) / sum(b) AS a FROM t', true],
    ['SELECT sum(b) FILTER (WHERE c = (SELECT d FROM u)) AS a FROM t', true],
    ['SELECT 1 AS a UNION SELECT 2', false],
  ])('%s: %s', (sql, isOneRow) => {
    expect(readSql(sql).isOneRow).toBe(isOneRow);
  });
});
