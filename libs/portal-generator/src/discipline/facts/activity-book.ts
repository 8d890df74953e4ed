import type { PortalFields, PortalOperation } from '../../script.js';
import type { Activity, Task, TaskFields } from './facts.js';
import { activityFields, cardKey, doerIn, idIn, instantIn, shortNames, textIn } from './portal-values.js';
import { writeVersion } from './versions.js';

interface Known<Record> {
  raw: PortalFields;
  boundTo: string[];
  /** When the portal says that it was last changed. */
  modifiedAt: number;
  record: Record;
}

/** Activities and tasks of a portal, and which cards they hang on. */
export class ActivityBook {
  readonly activities = new Map<string, Known<Activity>>();
  readonly tasks = new Map<string, Known<Task>>();
  /** Activities that hang or once hung on a card. */
  private readonly byCard = new Map<string, Set<Known<Activity>>>();

  addActivity({ id, fields, at, by }: PortalOperation & { op: 'add' }): void {
    const author = doerIn(by);
    const raw: PortalFields = {
      START_TIME: at,
      END_TIME: at,
      RESPONSIBLE_ID: author,
      DEADLINE: textIn(fields['TYPE_ID']) === '3' ? fields['END_TIME'] : (fields['START_TIME'] ?? at),
      STATUS: fields['COMPLETED'] === 'Y' ? '2' : '1',
      ...fields,
      EDITOR_ID: fields['AUTHOR_ID'] ?? author,
    };
    const boundTo = bindingsIn(raw);
    const createdAt = (by === 'import' ? instantIn(fields['CREATED']) : null) ?? at;
    const record: Activity = {
      id,
      createdAt,
      versions: [{ at: createdAt, fields: activityFields(raw) }],
      goneAt: null,
    };
    const known = { raw, boundTo, modifiedAt: at, record };
    this.activities.set(id, known);
    this.index(known);
  }

  updateActivity({ id, fields, at, by, way }: PortalOperation & { op: 'update' }): void {
    const known = this.activities.get(id);
    if (!known || known.record.goneAt !== null) return;
    for (const [name, value] of Object.entries(fields)) {
      if (!['ID', 'CREATED', 'AUTHOR_ID', 'OWNER_ID', 'OWNER_TYPE_ID', 'TYPE_ID'].includes(name))
        known.raw[name] = value;
    }
    if (fields['COMPLETED'] !== undefined && fields['STATUS'] === undefined) {
      known.raw['STATUS'] = fields['COMPLETED'] === 'Y' ? '2' : '1';
    }
    if (way !== 'silent') {
      known.modifiedAt = at;
      known.raw['EDITOR_ID'] = doerIn(by);
    }
    if (fields['BINDINGS'] !== undefined) known.boundTo = bindingsIn(known.raw);
    this.write(known, at);
  }

  removeActivity(id: string, at: number): void {
    const known = this.activities.get(id);
    if (known) known.record.goneAt ??= at;
  }

  addTask({ id, fields, at, by }: PortalOperation & { op: 'add' }): void {
    const closedAt = textIn(fields['STATUS']) === '5' ? at : null;
    const raw: PortalFields = { CLOSED_DATE: closedAt, ...fields, CHANGED_BY: doerIn(by) };
    const boundTo = taskBindings(raw);
    const record: Task = { id, createdAt: at, versions: [{ at, fields: taskFields(raw, boundTo) }], goneAt: null };
    this.tasks.set(id, { raw, boundTo, modifiedAt: at, record });
  }

  updateTask({ id, fields, at, by, way }: PortalOperation & { op: 'update' }): void {
    const known = this.tasks.get(id);
    if (!known || known.record.goneAt !== null) return;
    const wasDone = textIn(known.raw['STATUS']) === '5';
    Object.assign(known.raw, fields);
    const isDone = textIn(known.raw['STATUS']) === '5';
    if (isDone !== wasDone) known.raw['CLOSED_DATE'] = isDone ? at : null;
    if (way !== 'silent') {
      known.modifiedAt = at;
      known.raw['CHANGED_BY'] = doerIn(by);
    }
    known.boundTo = taskBindings(known.raw);
    writeVersion(known.record, at, taskFields(known.raw, known.boundTo));
  }

  removeTask(id: string, at: number): void {
    const known = this.tasks.get(id);
    if (known) known.record.goneAt ??= at;
  }

  /** The portal closes what is open on a card that has come to an end; whoever edited it last stays its editor. */
  completeOpen(card: string, at: number): void {
    for (const known of this.boundTo(card)) {
      if (known.raw['COMPLETED'] === 'Y') continue;
      Object.assign(known.raw, { COMPLETED: 'Y', STATUS: '3' });
      known.modifiedAt = at;
      this.write(known, at);
    }
  }

  /** A card went away: what hangs on nothing else goes with it, the rest loses it without being modified. */
  unbind(card: string, at: number): void {
    for (const known of this.boundTo(card)) {
      known.boundTo = known.boundTo.filter((bound) => bound !== card);
      if (known.boundTo.length === 0) known.record.goneAt = at;
      else this.write(known, at);
    }
  }

  /** What hung on the loser of a merge hangs on the winner. Tells whether any was made on the loser's own card. */
  rebind(loser: string, winner: string, at: number, by: string): boolean {
    let hadOwn = false;
    for (const known of this.boundTo(loser)) {
      hadOwn ||= cardKey(known.raw['OWNER_TYPE_ID'], known.raw['OWNER_ID']) === loser;
      known.boundTo = [...new Set(known.boundTo.map((bound) => (bound === loser ? winner : bound)))];
      known.raw['EDITOR_ID'] = by;
      known.modifiedAt = at;
      this.write(known, at);
    }
    return hadOwn;
  }

  allActivities(): Activity[] {
    return [...this.activities.values()].map(({ record }) => record);
  }

  allTasks(): Task[] {
    return [...this.tasks.values()].map(({ record }) => record);
  }

  private boundTo(card: string): Known<Activity>[] {
    return [...(this.byCard.get(card) ?? [])].filter(
      ({ record, boundTo }) => record.goneAt === null && boundTo.includes(card),
    );
  }

  private index(known: Known<Activity>): void {
    for (const card of known.boundTo) {
      const hanging = this.byCard.get(card) ?? new Set();
      this.byCard.set(card, hanging.add(known));
    }
  }

  private write(known: Known<Activity>, at: number): void {
    const owner = cardKey(known.raw['OWNER_TYPE_ID'], known.raw['OWNER_ID']);
    const [first] = known.boundTo;
    if (first !== undefined && (owner === null || !known.boundTo.includes(owner))) {
      const [kind = '', id = ''] = first.split(':');
      known.raw['OWNER_TYPE_ID'] = typeIds[kind];
      known.raw['OWNER_ID'] = id;
    }
    this.index(known);
    writeVersion(known.record, at, activityFields(known.raw));
  }
}

const typeIds: Readonly<Record<string, string>> = { lead: '1', deal: '2', contact: '3', company: '4', invoice: '31' };

function bindingsIn(raw: PortalFields): string[] {
  const listed = Array.isArray(raw['BINDINGS']) ? (raw['BINDINGS'] as PortalFields[]) : [];
  const all = [
    cardKey(raw['OWNER_TYPE_ID'], raw['OWNER_ID']),
    ...listed.map((one) => cardKey(one['OWNER_TYPE_ID'], one['OWNER_ID'])),
  ];
  return [...new Set(all.filter((card) => card !== null))];
}

function taskFields(raw: PortalFields, boundTo: string[]): TaskFields {
  return {
    isDone: textIn(raw['STATUS']) === '5',
    closedAt: instantIn(raw['CLOSED_DATE']),
    changedBy: idIn(raw['CHANGED_BY']),
    deadline: instantIn(raw['DEADLINE']),
    boundTo,
  };
}

function taskBindings(raw: PortalFields): string[] {
  const listed = Array.isArray(raw['UF_CRM_TASK']) ? raw['UF_CRM_TASK'].map(String) : [];
  return listed.flatMap((reference) => {
    const [short = '', id = ''] = reference.split('_');
    const kind = shortNames[short];
    return kind && id ? [`${kind}:${id}`] : [];
  });
}
