import { expect, test } from '@jest/globals';
import { type CountedMeasure, isMeasuredBy } from './measured-by.js';

test.each<[CountedMeasure, string, boolean]>([
  [{ kind: 'stage', pipelineId: 'deal:0', stageId: 'MEETING' }, 'stage:deal:0:MEETING', true],
  [{ kind: 'stage', pipelineId: 'deal:0', stageId: 'MEETING' }, 'stage:deal:0:MEETING_2', false],
  [{ kind: 'activity', activity: 'call', direction: 'outgoing' }, 'call:outgoing', true],
  [{ kind: 'activity', activity: 'call', direction: 'outgoing' }, 'call:incoming', false],
  [{ kind: 'activity', activity: 'call', direction: 'any' }, 'call:incoming', true],
  [{ kind: 'activity', activity: 'meeting', direction: 'any' }, 'activity:meeting:none', true],
  [{ kind: 'activity', activity: 'letter', direction: 'outgoing' }, 'activity:letter:outgoing', true],
  [{ kind: 'activity', activity: 'letter', direction: 'outgoing' }, 'activity:letter:incoming', false],
  [{ kind: 'won', pipelineId: 'deal:0' }, 'won:deal:0', true],
  [{ kind: 'won', pipelineId: 'deal:0' }, 'won:deal:05', false],
  [{ kind: 'won', pipelineId: null }, 'won:deal:5', true],
  [{ kind: 'paid' }, 'paid', true],
  [{ kind: 'paid' }, 'won:deal:0', false],
])('%j counts %s: %s', (measured, measure, counts) => {
  expect(isMeasuredBy(measured, measure)).toBe(counts);
});
