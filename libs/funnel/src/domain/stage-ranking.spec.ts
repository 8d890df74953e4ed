import { expect, test } from '@jest/globals';
import { type ConfiguredStage, inOrder, ranksOf } from './stage-ranking.js';

const stage = (stageId: string, place: number, sort: number, more: Partial<ConfiguredStage> = {}): ConfiguredStage => ({
  stageId,
  place,
  sort,
  semantics: 'P',
  isRemoved: false,
  ...more,
});

test('stages in process are ranked in order, then the won one; lost ones have no rank', () => {
  const stages = [
    stage('WON', 2, 30, { semantics: 'S' }),
    stage('B', 1, 20),
    stage('LOSE', 3, 40, { semantics: 'F' }),
    stage('A', 0, 10),
  ];
  expect([...ranksOf(stages)]).toEqual([
    ['A', 0],
    ['B', 1],
    ['WON', 2],
  ]);
});

test('a removed stage keeps its place behind present stages of equal or lower sort', () => {
  const stages = [
    stage('A', 0, 10),
    stage('B', 1, 20),
    stage('C', 2, 30),
    stage('Z', 0, 20, { isRemoved: true }),
    stage('Y', 0, 20, { isRemoved: true }),
    stage('FIRST', 0, 5, { isRemoved: true }),
    stage('LAST', 0, 99, { isRemoved: true }),
  ];
  expect(inOrder(stages).map(({ stageId }) => stageId)).toEqual(['FIRST', 'A', 'B', 'Y', 'Z', 'C', 'LAST']);
});

test('a removed won stage counts as won', () => {
  const stages = [
    stage('A', 0, 10),
    stage('WON', 1, 20, { semantics: 'S' }),
    stage('OLD_WON', 1, 15, { semantics: 'S', isRemoved: true }),
  ];
  expect(ranksOf(stages).get('OLD_WON')).toBe(1);
});
