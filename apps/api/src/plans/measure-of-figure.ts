import type { CountedMeasure } from '@funnelwatch/motivation';
import type { Indicator, PlanSubject } from '@funnelwatch/plan';

/** What the ledger counts for a figure of a plan: its indicator, or wins for sales; null for an indicator that nobody defined. */
export function measureOfFigure(
  { indicatorId }: { indicatorId: string | null },
  { pipelineId }: Pick<PlanSubject, 'pipelineId'>,
  indicators: readonly Indicator[],
): CountedMeasure | null {
  if (indicatorId === null) return { kind: 'won', pipelineId };
  return indicators.find((known) => known.indicatorId === indicatorId)?.measure ?? null;
}
