import {
  type Decided,
  type DecisionLog,
  decisionsOf,
  eventWriter,
  foldStream,
  type PortalAddress,
} from '@funnelwatch/event-log';
import type { Actor } from '@funnelwatch/kernel';
import {
  decideIndicator,
  evolveIndicators,
  type Indicator,
  type IndicatorEvent,
  type Indicators,
  indicatorStream,
  noIndicators,
} from './domain/indicators.js';
import {
  decidePlan,
  evolvePlan,
  noPlan,
  type PlanCommand,
  type PlanEvent,
  type PlanState,
  planStream,
} from './domain/plan.js';
import { planEvents } from './domain/plan-events.js';

const decideOnStream = decisionsOf(eventWriter(planEvents));

const planFold = (planId: string) => ({ streamId: planStream(planId), initial: noPlan, evolve: evolvePlan });

/** A plan as its events tell, by the log itself: whoever decides upon it knows what was decided a moment ago. */
export const loadPlan = (
  log: DecisionLog['log'],
  portal: PortalAddress,
  planId: string,
): Promise<{ state: PlanState }> => foldStream<PlanState, PlanEvent>(log, portal, planFold(planId));

/** Carries out what somebody wants done with a plan. Throws what `decidePlan` throws. */
export function handlePlan(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  planId: string,
  command: PlanCommand,
  by: string,
  actor: Actor = 'system',
): Promise<Decided<PlanState>> {
  const decide = (state: PlanState) => decidePlan(command, state, by);
  return decideOnStream<PlanState, PlanEvent>(decisionLog, portal, { ...planFold(planId), decide, actor });
}

/** Defines an indicator of a portal. Throws what `decideIndicator` throws. */
export function handleIndicator(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  indicator: Indicator,
  by: string,
): Promise<Decided<Indicators>> {
  const decide = (known: Indicators) => decideIndicator(indicator, known, by);
  const fold = { streamId: indicatorStream, initial: noIndicators, evolve: evolveIndicators };
  return decideOnStream<Indicators, IndicatorEvent>(decisionLog, portal, { ...fold, decide, actor: 'system' });
}
