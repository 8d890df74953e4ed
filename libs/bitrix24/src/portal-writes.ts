import type { Answer, BitrixClient, WriteOptions } from './client.js';
import { BitrixFailure, type BitrixFailureCode, type Retry } from './failure.js';
import { entityTypeIds, type Row } from './listings.js';
import { isMap } from './portal-time.js';

/** A record of the CRM that something is written about. */
export interface CrmReference {
  kind: 'lead' | 'deal' | 'contact' | 'company' | 'invoice';
  id: string;
}

export interface NewTask {
  title: string;
  /** Text with the portal's BB codes. */
  description: string;
  responsibleId: string;
  /** The task hangs on this record. */
  about: CrmReference | null;
}

export interface NewComment {
  about: CrmReference;
  text: string;
}

export interface NewNotification {
  userId: string;
  text: string;
  /** A new notification with the tag of an earlier one takes its place. */
  tag: string;
}

const bindings = {
  lead: { short: 'L', timeline: 'lead' },
  deal: { short: 'D', timeline: 'deal' },
  contact: { short: 'C', timeline: 'contact' },
  company: { short: 'CO', timeline: 'company' },
  invoice: { short: 'SI', timeline: `dynamic_${entityTypeIds.invoice}` },
} as const satisfies Record<CrmReference['kind'], { short: string; timeline: string }>;

/** Outside of an application tags need the name of whoever set them. */
const CLIENT_ID = 'funnelwatch';

export const taskBinding = ({ kind, id }: CrmReference): string => `${bindings[kind].short}_${id}`;

export const timelineOwner = ({ kind, id }: CrmReference): { ENTITY_ID: string; ENTITY_TYPE: string } => ({
  ENTITY_ID: id,
  ENTITY_TYPE: bindings[kind].timeline,
});

/** Adds a task, once (see `BitrixClient.write`), and returns its id. Throws `BitrixFailure`. */
export async function writeTask(client: BitrixClient, task: NewTask, options?: WriteOptions): Promise<string> {
  const fields = {
    TITLE: task.title,
    DESCRIPTION: task.description,
    RESPONSIBLE_ID: task.responsibleId,
    ...(task.about && { UF_CRM_TASK: [taskBinding(task.about)] }),
  };
  const { result } = await client.write('tasks.task.add', { fields }, options);
  const written: unknown = isMap(result) ? result.task : null;
  return idIn(client, 'tasks.task.add', isMap(written) ? (written as Row).id : null);
}

/** Adds a comment to the timeline of a record, once, and returns its id. Throws `BitrixFailure`. */
export async function writeComment(client: BitrixClient, comment: NewComment, options?: WriteOptions): Promise<string> {
  const fields = { ...timelineOwner(comment.about), COMMENT: comment.text };
  const { result } = await client.write('crm.timeline.comment.add', { fields }, options);
  return idIn(client, 'crm.timeline.comment.add', result);
}

/** Notifies a person, once, and returns the id of the notification. Throws `BitrixFailure`. */
export async function writeNotification(
  client: BitrixClient,
  notification: NewNotification,
  options?: WriteOptions,
): Promise<string> {
  const { userId, text, tag } = notification;
  const params = { USER_ID: userId, MESSAGE: text, TAG: tag, CLIENT_ID };
  const { result } = await client.write('im.notify.personal.add', params, options);
  // The person has switched such notifications off, or cannot get any.
  if (result === false) throw failed(client, 'im.notify.personal.add', 'UNKNOWN', 'never', 'not-accepted');
  return idIn(client, 'im.notify.personal.add', result);
}

/** An answer without an id tells that something was done, and not what. */
function idIn(client: BitrixClient, method: string, id: Answer['result']): string {
  if ((typeof id === 'number' || typeof id === 'string') && /^[1-9]\d*$/.test(String(id))) return String(id);
  throw failed(client, method, 'NOT_JSON', 'unknown-outcome', 'no-result');
}

const failed = (
  client: BitrixClient,
  method: string,
  code: BitrixFailureCode,
  retry: Retry,
  reason: string,
): BitrixFailure =>
  new BitrixFailure(code, retry, {
    host: client.host,
    method,
    status: 200,
    portalCode: null,
    reason,
    scope: null,
    newHost: null,
  });
