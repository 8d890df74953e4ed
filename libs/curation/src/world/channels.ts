import { ActivityReading } from './activities.js';
import type { RecordState } from './record-state.js';

/** Channels of incoming activities, by their type. */
const channelOfActivity: Readonly<Record<string, string>> = { call: 'calls', mail: 'mail', message: 'messages' };

/**
 * The channel through which somebody turned to the company when a record was made: the source of a lead, or of a deal that
 * came from no lead, and `calls`, `mail` or `messages` of an incoming activity; null when nobody did.
 */
export function channelOf(record: RecordState): string | null {
  switch (record.kind) {
    case 'lead':
      return record.text('sourceId') || null;
    case 'deal':
      return record.text('leadId') === '' ? record.text('sourceId') || null : null;
    case 'activity': {
      const { isIncoming, type } = new ActivityReading(record, null, null);
      return isIncoming ? (channelOfActivity[type] ?? null) : null;
    }
    default:
      return null;
  }
}
