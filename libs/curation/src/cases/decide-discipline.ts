import { type EventLog, foldStream, type PortalAddress } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import { ownEvent } from '../own-events/own-event.js';
import { type DisciplineEvent, disciplineStream } from './discipline-events.js';
import { type DisciplineSettings, evolveDiscipline, noDiscipline } from './discipline-state.js';

/**
 * Appends a decision about the rules of a portal. Returns the position from which it holds. Two decisions at once are
 * both kept, in the order of the log.
 */
export async function decideDiscipline(
  log: EventLog,
  clock: Clock,
  portal: PortalAddress,
  events: readonly DisciplineEvent[],
  identity: string,
): Promise<{ position: number }> {
  const occurredAt = clock.now().toISOString();
  const streamId = disciplineStream;
  const appended = await log.append(portal, [
    {
      streamId,
      expected: 'any',
      events: events.map((event, index) =>
        ownEvent(portal, { streamId, occurredAt, identity: `${identity}|${index}`, actor: 'system' }, event),
      ),
    },
  ]);
  return { position: appended.position };
}

/**
 * What is decided about the rules of a portal and the position of the last decision, by the log itself: whoever decides
 * upon it knows what was decided a moment ago, which readers may not see yet.
 */
export async function decidedSettings(
  log: EventLog,
  portal: PortalAddress,
): Promise<{ settings: DisciplineSettings; position: number }> {
  const fold = { streamId: disciplineStream, initial: noDiscipline, evolve: evolveDiscipline };
  const { state, position } = await foldStream<DisciplineSettings, DisciplineEvent>(log, portal, fold);
  return { settings: state, position };
}
