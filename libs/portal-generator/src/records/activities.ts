import type { PortalFields } from '../script.js';
import {
  callSubjects,
  comments,
  mailSubjects,
  meetingSubjects,
  taskTitles,
  todoSubjects,
} from '../texts/russian-texts.js';
import { DAY_MS, instantText, MINUTE_MS } from '../world/portal-calendar.js';
import type { World } from '../world/world.js';

/** What an activity hangs on: a lead (1), a deal (2) or a contact (3), and the client talked to. */
export interface Subject {
  typeId: '1' | '2' | '3';
  id: string;
  ownerId: string;
  contactId: string | null;
  phone: string | null;
}

function baseFields(subject: Subject): PortalFields {
  const bindings: PortalFields[] = [{ OWNER_TYPE_ID: subject.typeId, OWNER_ID: subject.id }];
  if (subject.contactId) bindings.push({ OWNER_TYPE_ID: '3', OWNER_ID: subject.contactId });
  return {
    OWNER_TYPE_ID: subject.typeId,
    OWNER_ID: subject.id,
    RESPONSIBLE_ID: subject.ownerId,
    AUTHOR_ID: subject.ownerId,
    PRIORITY: '2',
    DESCRIPTION_TYPE: '1',
    BINDINGS: bindings,
  };
}

function communication(subject: Subject, type: 'PHONE' | 'EMAIL', value: string): PortalFields[] {
  const entity = subject.contactId ? ['3', subject.contactId] : [subject.typeId, subject.id];
  return [{ TYPE: type, VALUE: value, ENTITY_TYPE_ID: entity[0], ENTITY_ID: entity[1] }];
}

export interface NewCall {
  incoming?: boolean;
  missed?: boolean;
  seconds?: number;
  /** Empty: nobody wrote down what came of it. */
  description?: string;
}

/** A call that has just ended, with its row in the statistics of telephony. Returns the activity's id. */
export function addCall(world: World, subject: Subject, call: NewCall = {}): string {
  const { random } = world;
  const { incoming = false, missed = false } = call;
  const durationSeconds = call.seconds ?? (missed ? 0 : random.integer(15, 600));
  const started = instantText(world.nowMs - durationSeconds * 1000);
  const phone = subject.phone ?? '+79990000000';
  const callId = `externalCall.${world.parameters.seed}.${world.nextId('call-key')}`;
  const activityId = world.add(
    'activity',
    {
      ...baseFields(subject),
      TYPE_ID: '2',
      PROVIDER_ID: 'VOXIMPLANT_CALL',
      PROVIDER_TYPE_ID: 'CALL',
      DIRECTION: incoming ? '1' : '2',
      SUBJECT: `${incoming ? 'Входящий от' : 'Исходящий на'} ${phone}`,
      DESCRIPTION: call.description ?? (missed ? '' : random.pick(callSubjects)),
      START_TIME: started,
      END_TIME: instantText(world.nowMs),
      DEADLINE: started,
      COMPLETED: missed && incoming ? 'N' : 'Y',
      STATUS: missed && incoming ? '1' : '2',
      ORIGIN_ID: `VI_${callId}`,
      COMMUNICATIONS: communication(subject, 'PHONE', phone),
    },
    subject.ownerId,
  );
  world.add(
    'call',
    {
      PORTAL_USER_ID: subject.ownerId,
      PORTAL_NUMBER: '+74951200000',
      PHONE_NUMBER: phone,
      CALL_ID: callId,
      CALL_CATEGORY: 'external',
      CALL_DURATION: String(durationSeconds),
      CALL_START_DATE: started,
      CALL_TYPE: incoming ? '2' : '1',
      CALL_FAILED_CODE: missed ? (incoming ? '304' : '480') : '200',
      CALL_FAILED_REASON: missed ? 'Missed call' : 'Success call',
      CRM_ENTITY_TYPE: subject.contactId ? 'CONTACT' : callOwners[subject.typeId],
      CRM_ENTITY_ID: subject.contactId ?? subject.id,
      CRM_ACTIVITY_ID: activityId,
      COST: '0.0000',
      COST_CURRENCY: 'RUR',
      COMMENT: null,
    },
    subject.ownerId,
  );
  return activityId;
}

const callOwners = { '1': 'LEAD', '2': 'DEAL', '3': 'CONTACT' } as const;

/** A call somebody promised to make. Returns its id. */
export function planCall(world: World, subject: Subject, deadlineMs: number): string {
  return world.add(
    'activity',
    {
      ...baseFields(subject),
      TYPE_ID: '2',
      PROVIDER_ID: 'CRM_CALL',
      PROVIDER_TYPE_ID: 'CALL',
      DIRECTION: '2',
      SUBJECT: world.random.pick(todoSubjects),
      START_TIME: instantText(deadlineMs),
      END_TIME: instantText(deadlineMs),
      DEADLINE: instantText(deadlineMs),
      COMPLETED: 'N',
      STATUS: '1',
    },
    subject.ownerId,
  );
}

/** A planned next step with a deadline. Returns its id. */
export function planTodo(world: World, subject: Subject, deadlineMs: number): string {
  return world.add(
    'activity',
    {
      ...baseFields(subject),
      TYPE_ID: '6',
      PROVIDER_ID: 'CRM_TODO',
      PROVIDER_TYPE_ID: 'TODO',
      DIRECTION: '0',
      SUBJECT: world.random.pick(todoSubjects),
      START_TIME: instantText(world.nowMs),
      END_TIME: instantText(deadlineMs),
      DEADLINE: instantText(deadlineMs),
      COMPLETED: 'N',
      STATUS: '1',
    },
    subject.ownerId,
  );
}

/** A planned meeting. Returns its id. */
export function planMeeting(world: World, subject: Subject, startMs: number): string {
  return world.add(
    'activity',
    {
      ...baseFields(subject),
      TYPE_ID: '1',
      PROVIDER_ID: 'CRM_MEETING',
      PROVIDER_TYPE_ID: 'MEETING',
      DIRECTION: '0',
      SUBJECT: world.random.pick(meetingSubjects),
      LOCATION: 'Офис клиента',
      START_TIME: instantText(startMs),
      END_TIME: instantText(startMs + 60 * MINUTE_MS),
      DEADLINE: instantText(startMs),
      COMPLETED: 'N',
      STATUS: '1',
    },
    subject.ownerId,
  );
}

export function completeActivity(world: World, id: string, by: string): void {
  world.update('activity', id, { COMPLETED: 'Y', STATUS: '2' }, by);
}

/** An outgoing letter; an offer carries a file. */
export function sendMail(world: World, subject: Subject, withFile: boolean): void {
  const fields: PortalFields = {
    ...baseFields(subject),
    TYPE_ID: '4',
    PROVIDER_ID: 'CRM_EMAIL',
    PROVIDER_TYPE_ID: 'EMAIL',
    DIRECTION: '2',
    SUBJECT: world.random.pick(mailSubjects),
    DESCRIPTION: `<p>${world.random.pick(comments)}</p>`,
    DESCRIPTION_TYPE: '3',
    START_TIME: instantText(world.nowMs),
    END_TIME: instantText(world.nowMs),
    DEADLINE: instantText(world.nowMs),
    COMPLETED: 'Y',
    STATUS: '2',
    COMMUNICATIONS: communication(subject, 'EMAIL', 'zakaz@client.internal'),
  };
  if (withFile) {
    const fileId = world.nextId('file');
    fields['FILES'] = [{ id: Number(fileId), url: `/disk/downloadFile/${fileId}/?filename=offer-${fileId}.pdf` }];
  }
  world.add('activity', fields, subject.ownerId);
}

/** A letter from the client. Returns its id. */
export function receiveMail(world: World, subject: Subject): string {
  const now = instantText(world.nowMs);
  return world.add(
    'activity',
    {
      ...baseFields(subject),
      TYPE_ID: '4',
      PROVIDER_ID: 'CRM_EMAIL',
      PROVIDER_TYPE_ID: 'EMAIL',
      DIRECTION: '1',
      SUBJECT: world.random.pick(mailSubjects),
      DESCRIPTION: `<p>${world.random.pick(comments)}</p>`,
      DESCRIPTION_TYPE: '3',
      START_TIME: now,
      END_TIME: now,
      DEADLINE: now,
      COMPLETED: 'N',
      STATUS: '1',
      COMMUNICATIONS: communication(subject, 'EMAIL', 'zakaz@client.internal'),
    },
    subject.ownerId,
  );
}

/** A task bound to the object; some are finished later by live activity. Returns its id. */
export function addTask(world: World, subject: Subject, options: { reserved?: boolean } = {}): string {
  const id = world.add(
    'task',
    {
      TITLE: world.random.pick(taskTitles),
      DESCRIPTION: world.random.pick(comments),
      RESPONSIBLE_ID: subject.ownerId,
      CREATED_BY: world.headId,
      DEADLINE: instantText(world.nowMs + world.random.integer(1, 5) * DAY_MS),
      PRIORITY: world.random.pick(['1', '1', '2']),
      STATUS: '2',
      UF_CRM_TASK: [`${subject.typeId === '1' ? 'L' : 'D'}_${subject.id}`],
    },
    world.headId,
  );
  if (!options.reserved) world.atWork.tasks.add({ id, ownerId: subject.ownerId });
  return id;
}

export function finishTask(world: World, task: { id: string; ownerId: string }): void {
  world.update('task', task.id, { STATUS: '5' }, task.ownerId);
  world.atWork.tasks.delete(task.id);
}
