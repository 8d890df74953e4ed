import { cleanWeekMessageId, cleanWeeksToOffer, QueueReader } from '@funnelwatch/curation';
import type { KeyRing } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { withTransaction } from '@funnelwatch/postgres';
import { enqueueMessage, type NewMessage, readChannels } from '@funnelwatch/write-back';
import type pg from 'pg';
import { cleanWeekWords } from './feedback-words.js';

export interface OfferParts {
  pool: pg.Pool;
  keyRing: KeyRing;
  clock: Clock;
}

/**
 * Puts a good word for every clean week that was noted since the portal switched this on, and of which nothing was said
 * yet, into the outbox; nothing where this or its channel is off. Returns how many. The caller's scope has the portal.
 */
export async function offerCleanWeeks(parts: OfferParts, portal: RegisteredPortal): Promise<number> {
  const { pool, clock } = parts;
  const { settings } = await new QueueReader(pool).settings(portal);
  const notes = settings.positiveNotes;
  if (!notes?.isOn) return 0;
  const channel = (await readChannels(pool, portal)).find((setting) => setting.channel === notes.channel);
  if (!channel?.isEnabled) return 0;
  const now = clock.now();
  const language = portal.language === 'en' ? 'en' : 'ru';
  let offered = 0;
  for (const { person, week, checks } of await cleanWeeksToOffer(pool, portal, new Date(notes.from), now)) {
    const messageId = cleanWeekMessageId(portal.portalId, person, week);
    if (await isKnown(parts, portal, messageId)) continue;
    const isNew = await enqueue(parts, portal, {
      ...{ messageId, channel: notes.channel, recipientId: person, notBefore: now },
      ...{ about: { kind: 'user' as const, id: person }, purpose: `clean-week:${week}` },
      text: { ...cleanWeekWords({ week, checks }, language), link: null },
    });
    if (isNew) offered += 1;
  }
  return offered;
}

async function enqueue(
  { pool, keyRing, clock }: OfferParts,
  portal: RegisteredPortal,
  message: NewMessage,
): Promise<boolean> {
  try {
    const { isNew } = await withTransaction(pool, (tx) => enqueueMessage(tx, keyRing, portal, message, clock.now()));
    return isNew;
  } catch (error) {
    // Somebody erased is told nothing; another process that was faster has said it, sealed in its own way.
    const passed = ['MESSAGE_SUBJECT_ERASED', 'MESSAGE_ID_TAKEN'];
    if (error instanceof Rejection && passed.includes(error.code)) return false;
    throw error;
  }
}

async function isKnown(
  { pool }: OfferParts,
  { portalId, bucket }: RegisteredPortal,
  messageId: string,
): Promise<boolean> {
  const { rows } = await pool.query(
    'SELECT FROM writeback.message WHERE bucket = $1 AND portal_id = $2 AND message_id = $3',
    [bucket, portalId, messageId],
  );
  return rows.length > 0;
}
