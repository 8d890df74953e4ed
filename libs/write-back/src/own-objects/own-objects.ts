import type { PortalAddress } from '@funnelwatch/event-log';
import { textArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Channel } from '../domain/message.js';

/** Kinds of what stands in a portal after a message was sent. */
export type OwnObjectKind = Channel;

export interface OwnObject {
  kind: OwnObjectKind;
  portalObjectId: string;
  messageId: string;
  writtenAt: Date;
}

/** An activity as capture tells of it. */
export interface SeenActivity {
  id: string;
  providerId: string | null;
  /** `ASSOCIATED_ENTITY_ID`: for the activity of a task, the task. */
  associatedObjectId: string | null;
}

/** Providers whose activities stand for a task, of all builds. */
const TASK_PROVIDER = /^(?:CRM_)?TASKS(?:_|$)/;

/** Which of these objects of a portal the product wrote itself, with the messages they come from. */
export async function ownObjects(
  source: Pool | PoolClient,
  portal: PortalAddress,
  kind: OwnObjectKind,
  ids: readonly string[],
): Promise<OwnObject[]> {
  if (ids.length === 0) return [];
  const { rows } = await source.query<OwnObject>({
    name: 'writeback.own_objects',
    text: `SELECT kind, portal_object_id AS "portalObjectId", message_id AS "messageId", written_at AS "writtenAt"
             FROM writeback.own_object
            WHERE bucket = $1 AND portal_id = $2 AND kind = $3 AND portal_object_id = ANY ($4::text[])`,
    values: [portal.bucket, portal.portalId, kind, textArray([...new Set(ids)])],
  });
  return rows;
}

/** Ids among these that the product wrote itself: no touch, no work, no points of anybody, whoever changes them later. */
export async function isOwnWrite(
  source: Pool | PoolClient,
  portal: PortalAddress,
  kind: OwnObjectKind,
  ids: readonly string[],
): Promise<Set<string>> {
  const own = await ownObjects(source, portal, kind, ids);
  return new Set(own.map(({ portalObjectId }) => portalObjectId));
}

/** Ids of activities that a portal made by itself for tasks which the product wrote. */
export async function ownActivities(
  source: Pool | PoolClient,
  portal: PortalAddress,
  activities: readonly SeenActivity[],
): Promise<Set<string>> {
  const ofTasks = activities.filter(({ providerId }) => providerId !== null && TASK_PROVIDER.test(providerId));
  const taskIds = ofTasks.flatMap(({ associatedObjectId }) => associatedObjectId ?? []);
  const own = await isOwnWrite(source, portal, 'task', taskIds);
  const isOwn = ({ associatedObjectId }: SeenActivity) => associatedObjectId !== null && own.has(associatedObjectId);
  return new Set(ofTasks.filter(isOwn).map(({ id }) => id));
}

/**
 * Markers (`markersIn` a text of the portal) that are of messages of this portal. Tells what the product wrote also in the
 * moment before its id is known, and after a crash.
 */
export async function ownMarkers(
  source: Pool | PoolClient,
  portal: PortalAddress,
  markers: readonly string[],
): Promise<Set<string>> {
  if (markers.length === 0) return new Set();
  const { rows } = await source.query<{ marker: string }>(
    `SELECT marker FROM writeback.message WHERE bucket = $1 AND portal_id = $2 AND marker = ANY ($3::text[])`,
    [portal.bucket, portal.portalId, textArray(markers)],
  );
  return new Set(rows.map(({ marker }) => marker));
}
