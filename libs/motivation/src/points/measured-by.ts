/** What an indicator counts, as whoever defines it says. */
export type CountedMeasure =
  | { kind: 'stage'; pipelineId: string; stageId: string }
  | {
      kind: 'activity';
      activity: 'call' | 'meeting' | 'letter' | 'message';
      direction: 'incoming' | 'outgoing' | 'any';
    }
  | { kind: 'won'; pipelineId: string | null }
  | { kind: 'paid' };

/** Whether a line of the ledger counts for an indicator. */
export function isMeasuredBy(measured: CountedMeasure, measure: string): boolean {
  switch (measured.kind) {
    case 'stage':
      return measure === `stage:${measured.pipelineId}:${measured.stageId}`;
    case 'activity': {
      const stem = measured.activity === 'call' ? 'call:' : `activity:${measured.activity}:`;
      return measured.direction === 'any' ? measure.startsWith(stem) : measure === `${stem}${measured.direction}`;
    }
    case 'won':
      return measured.pipelineId === null ? measure.startsWith('won:') : measure === `won:${measured.pipelineId}`;
    case 'paid':
      return measure === 'paid';
  }
}
