import { expect, test } from '@jest/globals';
import { decideStageMeaning, evolveStageMeaning, type MapStageMeaning, noMeanings } from './stage-meaning.js';

const command = (more: Partial<MapStageMeaning> = {}): MapStageMeaning => ({
  type: 'MapStageMeaning',
  pipelineId: 'deal:0',
  stageId: 'PREPARATION',
  meaning: 'meeting',
  validFrom: '2026-03-01T00:00:00.000Z',
  ...more,
});
const after = (...commands: MapStageMeaning[]) =>
  commands.reduce((state, next) => decideStageMeaning(next, state).reduce(evolveStageMeaning, state), noMeanings);

test('a stage gets a meaning from an instant on', () => {
  expect(decideStageMeaning(command(), noMeanings)).toEqual([
    {
      type: 'StageMeaningMapped',
      data: {
        pipelineId: 'deal:0',
        stageId: 'PREPARATION',
        meaning: 'meeting',
        validFrom: '2026-03-01T00:00:00.000Z',
      },
    },
  ]);
});

test('repeating a decision, at once or for a later time, changes nothing', () => {
  expect(decideStageMeaning(command(), after(command()))).toEqual([]);
  expect(decideStageMeaning(command({ validFrom: '2026-05-01T00:00:00Z' }), after(command()))).toEqual([]);
});

test('a meaning can be changed and taken away', () => {
  const state = after(command(), command({ meaning: 'proposal', validFrom: '2026-04-01T00:00:00Z' }));
  expect(decideStageMeaning(command({ meaning: null }), state)).toHaveLength(1);
  expect(decideStageMeaning(command({ meaning: 'proposal', validFrom: '2026-04-02T00:00:00Z' }), state)).toEqual([]);
});

test('taking away what a stage never had changes nothing', () => {
  expect(decideStageMeaning(command({ meaning: null }), noMeanings)).toEqual([]);
});

test.each(['not a time', '9999-01-01T00:00:00Z'])('the time %j is refused', (validFrom) => {
  expect(() => decideStageMeaning(command({ validFrom }), noMeanings)).toThrow(
    expect.objectContaining({ code: 'FUNNEL_MEANING_TIME_INVALID' }),
  );
});

test.each(['', '<b>', 'x'.repeat(41), 'a\0'])('the meaning %j is refused', (meaning) => {
  expect(() => decideStageMeaning(command({ meaning }), noMeanings)).toThrow(
    expect.objectContaining({ code: 'FUNNEL_MEANING_INVALID' }),
  );
});
