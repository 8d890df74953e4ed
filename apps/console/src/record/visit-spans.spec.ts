import { expect, it } from '@jest/globals';
import type { StageVisit } from '../api/schema.js';
import { visitSpans } from './visit-spans.js';

function visit(stageId: string, seconds: number, leftAt: string | null, semantics: 'P' | 'S' | 'F'): StageVisit {
  return {
    pipelineId: 'deal:0',
    pipelineName: 'Продажи',
    stageId,
    stageName: stageId,
    semantics,
    enteredAt: '2026-03-01T00:00:00.000Z',
    leftAt,
    seconds,
    provenance: 'observed',
    eventId: stageId,
  };
}

it('visits share the way by their time, a final stage takes no room', () => {
  const spans = visitSpans([
    visit('NEW', 86_400, '2026-03-02T00:00:00.000Z', 'P'),
    visit('WORK', 3 * 86_400, '2026-03-05T00:00:00.000Z', 'P'),
    visit('WON', 10 * 86_400, null, 'S'),
  ]);
  expect(spans.map((span) => span.share)).toEqual([0.25, 0.75, 0]);
  expect(visitSpans([visit('NEW', 60, null, 'P')])[0]?.share).toBe(1);
  expect(visitSpans([visit('WON', 60, null, 'S')])[0]?.share).toBe(1);
});
