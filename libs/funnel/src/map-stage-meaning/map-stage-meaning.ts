import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import type { Actor, Clock } from '@funnelwatch/kernel';
import {
  decideStageMeaning,
  evolveStageMeaning,
  type MapStageMeaning,
  noMeanings,
  type StageMeaningEvent,
  stageMeaningStream,
} from '../domain/stage-meaning.js';

/**
 * Decides what a stage means to the business from an instant on. Returns the log position from which reads see it.
 * Throws `Rejection` FUNNEL_MEANING_INVALID, FUNNEL_MEANING_TIME_INVALID, EVENT_LOG_VERSION_CONFLICT (two decisions at
 * once: ask again). That the pipeline has the stage is for the caller to check.
 */
export async function mapStageMeaning(
  log: EventLog,
  clock: Clock,
  portal: PortalAddress,
  command: Omit<MapStageMeaning, 'type'>,
  actor: Actor = 'unknown',
): Promise<{ position: number; isChanged: boolean }> {
  const streamId = stageMeaningStream(command.pipelineId);
  const stored = await log.readStream(portal, streamId);
  const decided = stored.filter((event) => event.type === 'StageMeaningMapped');
  const state = decided.reduce(
    (known, event) => evolveStageMeaning(known, event as unknown as StageMeaningEvent),
    noMeanings,
  );
  const events = decideStageMeaning({ type: 'MapStageMeaning', ...command }, state);
  if (events.length === 0) return { position: decided.at(-1)?.position ?? 0, isChanged: false };
  const occurredAt = clock.now().toISOString();
  const version = stored.at(-1)?.version ?? 0;
  const appended = await log.append(portal, [
    {
      streamId,
      expected: version,
      events: events.map((event, index) => ({
        eventId: eventIdOf(occurredAt, `${portal.portalId}|${streamId}|${version + index + 1}`),
        streamId,
        type: event.type,
        schemaVersion: 1,
        occurredAt,
        actor,
        provenance: 'observed',
        data: event.data,
      })),
    },
  ]);
  return { position: appended.position, isChanged: true };
}
