import { type BitrixClient, commentsWrittenSince, type Row, tasksWrittenSince } from '@funnelwatch/bitrix24';
import { isCrm } from '../domain/message.js';
import { markersIn } from '../domain/compose.js';
import type { ClaimedMessage } from './claim-messages.js';

/** The portal prints whole seconds, and its machines need not agree to the second. */
const SLACK_MS = 5 * 60_000;
/** Where nobody noted the portal's time: after a database was restored from a copy, say. */
const UNTOLD_SLACK_MS = 24 * 3_600_000;

/** Looks in the portal for what an earlier attempt may have written and returns its id; null when there is none. */
export async function lookForMarker(
  client: BitrixClient,
  message: ClaimedMessage,
  signal: AbortSignal,
): Promise<string | null> {
  const { channel, about, firstAttemptAt, createdAt } = message;
  const since = firstAttemptAt
    ? new Date(firstAttemptAt.getTime() - SLACK_MS)
    : new Date(createdAt.getTime() - UNTOLD_SLACK_MS);
  const crmAbout = isCrm(about) ? about : null;
  const options = { priority: 'write-back', signal } as const;
  if (channel === 'task') {
    const tasks = tasksWrittenSince(client, { about: crmAbout, since }, options);
    return firstMarked(tasks, message.marker, 'description', 'id');
  }
  if (channel === 'timeline-comment' && crmAbout) {
    const comments = commentsWrittenSince(client, { about: crmAbout, since }, options);
    return firstMarked(comments, message.marker, 'COMMENT', 'ID');
  }
  return null;
}

async function firstMarked(
  rows: AsyncIterable<Row>,
  marker: string,
  textName: string,
  idName: string,
): Promise<string | null> {
  for await (const row of rows) {
    const [text, id] = [row[textName], row[idName]];
    const isMarked = typeof text === 'string' && markersIn(text).includes(marker);
    if (isMarked && (typeof id === 'string' || typeof id === 'number')) return String(id);
  }
  return null;
}
