import { type BitrixClient, writeComment, writeNotification, writeTask } from '@funnelwatch/bitrix24';
import type { Composed } from '../domain/compose.js';

/** Writes a message into the portal, once, and returns the id of what stands there. Throws `BitrixFailure`. */
export function writeMessage(
  client: BitrixClient,
  composed: Composed,
  options: { signal: AbortSignal; beforeSend: () => Promise<void> },
): Promise<string> {
  switch (composed.channel) {
    case 'task':
      return writeTask(client, composed, options);
    case 'notification':
      return writeNotification(client, composed, options);
    case 'timeline-comment':
      return writeComment(client, composed, options);
  }
}
