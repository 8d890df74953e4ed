import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool, PoolClient } from 'pg';
import { compose, type Composed } from '../domain/compose.js';
import { decideGate } from '../domain/message-life.js';
import type { Channel, RecipientState } from '../domain/message.js';
import { dayOf } from '../domain/portal-day.js';
import type { NewMessage } from '../enqueue-message/enqueue-message.js';
import { refuseInvalid } from '../enqueue-message/refuse-invalid.js';
import { readChannel } from '../set-channel/channel-settings.js';
import { markerOf } from '../stored-message/marker.js';

export interface PreviewRequest {
  message: Omit<NewMessage, 'channel' | 'notBefore'>;
  /** Where it might be written. */
  channels: readonly Channel[];
  /** As far as the caller knows; null asks nobody. */
  recipient: RecipientState | null;
  now: Date;
}

export interface Preview {
  /** To the letter, marker included. */
  written: Composed;
  /** Null: it would go out. `reasonSentence` has the reasons in words. */
  obstacle: { verdict: 'hold' | 'refuse'; reason: string; until: Date | null } | null;
}

/** What a message would write, channel by channel, and what would keep it from going out now. Throws MESSAGE_INVALID. */
export async function previewMessage(
  source: Pool | PoolClient,
  portal: PortalAddress & { zone: string },
  { message, channels, recipient, now }: PreviewRequest,
): Promise<Preview[]> {
  const previews: Preview[] = [];
  for (const channel of channels) {
    refuseInvalid({ ...message, channel });
    const marker = markerOf(portal.portalId, message.messageId);
    const { recipientId, messageId } = message;
    const gate = decideGate({
      setting: await readChannel(source, portal, channel),
      sentToday: await countAhead(source, portal, { channel, recipientId, messageId, now }),
      recipient,
      now,
      zone: portal.zone,
    });
    previews.push({
      written: compose({ ...message, channel, marker }),
      obstacle: gate.verdict === 'send' ? null : { until: null, ...gate },
    });
  }
  return previews;
}

/** What went to the person today, and what goes before a new message. */
async function countAhead(
  source: Pool | PoolClient,
  portal: PortalAddress & { zone: string },
  { channel, recipientId, messageId, now }: { channel: Channel; recipientId: string; messageId: string; now: Date },
): Promise<number> {
  const { rows } = await source.query<{ count: number }>(
    `SELECT count(*) FROM writeback.message
      WHERE bucket = $1 AND portal_id = $2 AND channel = $3 AND recipient_id = $4 AND message_id <> $5
        AND (sent_day = $6 OR state = 'waiting')`,
    [portal.bucket, portal.portalId, channel, recipientId, messageId, dayOf(now, portal.zone)],
  );
  return rows[0]?.count ?? 0;
}
