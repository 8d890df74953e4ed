import { expect, it } from '@jest/globals';
import type { StageVisit } from '../api/schema.js';
import { visitSpans } from './visit-spans.js';

function visit(stageId: string, enteredAt: string, leftAt: string | null, semantics: 'P' | 'S' | 'F'): StageVisit {
  return {
    pipelineId: 'deal:0',
    pipelineName: 'Продажи',
    stageId,
    stageName: stageId,
    semantics,
    enteredAt,
    leftAt,
    seconds: null,
    provenance: 'observed',
    eventId: stageId,
  };
}

it('a visit that lasts is counted until now, a final stage takes no room', () => {
  const spans = visitSpans(
    [
      visit('NEW', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', 'P'),
      visit('WORK', '2026-03-02T00:00:00.000Z', '2026-03-05T00:00:00.000Z', 'P'),
      visit('WON', '2026-03-05T00:00:00.000Z', null, 'S'),
    ],
    '2026-04-05T00:00:00.000Z',
  );
  expect(spans.map((span) => span.share)).toEqual([0.25, 0.75, 0]);
  expect(spans[1]?.milliseconds).toBe(3 * 86_400_000);
  const lasting = visitSpans([visit('NEW', '2026-03-01T00:00:00.000Z', null, 'P')], '2026-03-02T00:00:00.000Z');
  expect(lasting[0]).toMatchObject({ milliseconds: 86_400_000, share: 1 });
  expect(visitSpans([visit('NEW', '2026-03-01T00:00:00.000Z', null, 'P')], null)[0]?.milliseconds).toBeNull();
});
