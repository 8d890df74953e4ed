import { Rejection } from '@funnelwatch/kernel';
import { expect, test } from '@jest/globals';
import { parseArguments } from './arguments.js';

test('without arguments a running product is looked for and any free port taken', () => {
  expect(parseArguments([])).toEqual({ data: null, databaseUrl: null, port: 0, language: null, pictures: null });
});

test('everything can be said', () => {
  const said = ['--database', 'postgres://x', '--port', '4477', '--language', 'ru', '--pictures', 'out'];
  const meant = { data: null, databaseUrl: 'postgres://x', port: 4477, language: 'ru', pictures: 'out' };
  expect(parseArguments(said)).toEqual(meant);
});

test.each([
  [['--port', '70000'], 'no port'],
  [['--port', 'x'], 'no port'],
  [['--language', 'de'], 'no language'],
  [['--data', 'a', '--database', 'b'], 'not both'],
  [['--colour', 'red'], 'Unknown option'],
  [['somewhere'], 'Unexpected argument'],
])('%j is refused in words, with what can be said', (said, problem) => {
  expect(() => parseArguments(said)).toThrow(problem);
  expect(() => parseArguments(said)).toThrow('npm run dashboards:preview');
  expect(() => parseArguments(said)).toThrow(Rejection);
});
