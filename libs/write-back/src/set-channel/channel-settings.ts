import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool, PoolClient } from 'pg';
import { type Channel, type ChannelSetting, channels, unset } from '../domain/message.js';

interface SettingRow {
  channel: Channel;
  is_enabled: boolean;
  cap_per_person_day: number;
  enabled_by: string | null;
  enabled_at: Date | null;
}

/** How every channel of a portal is set; a channel that nobody ever set is off. */
export async function readChannels(source: Pool | PoolClient, portal: PortalAddress): Promise<ChannelSetting[]> {
  const { rows } = await source.query<SettingRow>(
    `SELECT channel, is_enabled, cap_per_person_day, enabled_by, enabled_at FROM writeback.channel_setting
      WHERE bucket = $1 AND portal_id = $2`,
    [portal.bucket, portal.portalId],
  );
  return channels.map((channel) => {
    const row = rows.find((candidate) => candidate.channel === channel);
    if (!row) return unset(channel);
    return {
      channel,
      isEnabled: row.is_enabled,
      capPerPersonDay: row.cap_per_person_day,
      enabledBy: row.enabled_by,
      enabledAt: row.enabled_at,
    };
  });
}

export async function readChannel(
  source: Pool | PoolClient,
  portal: PortalAddress,
  channel: Channel,
): Promise<ChannelSetting> {
  const all = await readChannels(source, portal);
  return all.find((setting) => setting.channel === channel) ?? unset(channel);
}
