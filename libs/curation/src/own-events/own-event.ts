import { decisionsOf, eventWriter } from '@funnelwatch/event-log';
import { curationEvents } from '../curation-events.js';

/** An event of curation as the log takes it, in the present version of its type. Throws on a type that nobody declared. */
export const ownEvent = eventWriter(curationEvents);

/** Decides on what a stream of curation tells, and appends it. */
export const decideOnStream = decisionsOf(ownEvent);
