import { int8Array, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { Contribution } from '../stories/contribution.js';
import { type Arrival, channelOfHour, type HeardHour, heardHourOf } from '../stories/heard-hour.js';
import type { PortalPlace } from './bundles.js';

interface HourRow {
  channel: string;
  first_at: Date;
  first_event: string;
  first_position: number;
  last_at: Date;
  last_event: string;
  last_position: number;
}

const hourOfRow = (row: HourRow): HeardHour => ({
  channel: row.channel,
  first: { at: row.first_at.getTime(), eventId: row.first_event, position: row.first_position },
  last: { at: row.last_at.getTime(), eventId: row.last_event, position: row.last_position },
});

const hourColumns = 'channel, first_at, first_event, first_position, last_at, last_event, last_position';

/**
 * Folds hours anew whose arrivals changed. `hours`: to whom the arrivals are contributed. Returns whether any of them is
 * another one than before.
 */
export async function foldHeardHours(
  client: PoolClient,
  place: PortalPlace,
  hours: readonly string[],
): Promise<boolean> {
  if (hours.length === 0) return false;
  const key = [place.bucket, place.portalId, textArray(hours)] as const;
  const { rows: given } = await client.query<{ hour: string; contribution: Contribution }>({
    name: 'judge.arrivals_of_hours',
    text: `SELECT subject AS hour, contribution FROM judge.contribution
            WHERE bucket = $1 AND portal_id = $2 AND subject = ANY ($3::text[])`,
    values: [...key],
  });
  const { rows: known } = await client.query<HourRow & { hour: string }>({
    name: 'judge.heard_hours_known',
    text: `SELECT hour, ${hourColumns} FROM judge.heard_hour
            WHERE bucket = $1 AND portal_id = $2 AND hour = ANY ($3::text[])`,
    values: [...key],
  });
  const before = new Map(known.map((row) => [row.hour, JSON.stringify(hourOfRow(row))]));
  const arrivals = Map.groupBy(given, ({ hour }) => hour);
  const folded = hours.map((hour) => {
    const contributions = (arrivals.get(hour) ?? []).map(({ contribution }) => contribution);
    return { hour, heard: heardHourOf(channelOfHour(hour) ?? '', contributions) };
  });
  const changed = folded.filter(({ hour, heard }) => before.get(hour) !== (heard ? JSON.stringify(heard) : undefined));
  if (changed.length === 0) return false;
  await client.query('DELETE FROM judge.heard_hour WHERE bucket = $1 AND portal_id = $2 AND hour = ANY ($3::text[])', [
    place.bucket,
    place.portalId,
    textArray(changed.map(({ hour }) => hour)),
  ]);
  const is = changed.flatMap(({ hour, heard }) => (heard ? [{ hour, ...heard }] : []));
  const columns = (of: (one: HeardHour) => Arrival) => {
    const each = is.map(of);
    return [
      timestamptzArray(each.map(({ at }) => new Date(at))),
      uuidArray(each.map(({ eventId }) => eventId)),
      int8Array(each.map(({ position }) => position)),
    ];
  };
  await client.query(
    `INSERT INTO judge.heard_hour (bucket, portal_id, hour, ${hourColumns})
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::bigint[],
                                  $8::timestamptz[], $9::uuid[], $10::bigint[])`,
    [
      place.bucket,
      place.portalId,
      textArray(is.map(({ hour }) => hour)),
      textArray(is.map(({ channel }) => channel)),
      ...columns(({ first }) => first),
      ...columns(({ last }) => last),
    ],
  );
  return true;
}

/** What each channel brought, hour by hour in the order of time. */
export async function loadHeardHours(client: PoolClient, { bucket, portalId }: PortalPlace): Promise<HeardHour[]> {
  const { rows } = await client.query<HourRow>({
    name: 'judge.heard_hours',
    text: `SELECT ${hourColumns} FROM judge.heard_hour
            WHERE bucket = $1 AND portal_id = $2 ORDER BY first_at, channel`,
    values: [bucket, portalId],
  });
  return rows.map(hourOfRow);
}
