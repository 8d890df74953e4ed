import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import { ownEvent } from '../own-events/own-event.js';
import { type DisciplineEvent, disciplineStream } from './discipline-events.js';

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
