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
  decideScheme,
  evolveScheme,
  noScheme,
  type SchemeCommand,
  type SchemeEvent,
  type SchemeState,
  schemeStream,
} from './domain/scheme.js';
import { motivationEvents } from './domain/motivation-events.js';

const decideOnStream = decisionsOf(eventWriter(motivationEvents));

const schemeFold = (schemeId: string) => ({
  ...{ streamId: schemeStream(schemeId), initial: noScheme, evolve: evolveScheme },
});

/** A scheme as its events tell, by the log itself: whoever decides upon it knows what was decided a moment ago. */
export const loadScheme = (
  log: DecisionLog['log'],
  portal: PortalAddress,
  schemeId: string,
): Promise<{ state: SchemeState }> => foldStream<SchemeState, SchemeEvent>(log, portal, schemeFold(schemeId));

/** Carries out what somebody wants done with a scheme. Throws what `decideScheme` throws. */
export function handleScheme(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  schemeId: string,
  command: SchemeCommand,
  by: string,
  actor: Actor = 'system',
): Promise<Decided<SchemeState>> {
  const decide = (state: SchemeState) => decideScheme(command, state, by);
  return decideOnStream<SchemeState, SchemeEvent>(decisionLog, portal, { ...schemeFold(schemeId), decide, actor });
}
