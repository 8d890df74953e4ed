import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { isBlank, plainText } from './classic-value.js';
import { entityTypes } from './entity-types.js';
import { doerId } from './doer-id.js';
import type { PortalModel } from './portal-model.js';
import type { Binding, PortalRecord } from './record-table.js';

type Add = PortalOperation & { op: 'add' };
type Update = PortalOperation & { op: 'update' };

/** Activities that stand for a task. */
export const TASK_PROVIDER = 'CRM_TASKS_TASK';

/** Applies changes of activities and tasks, and knows which activities hang on which CRM object. */
export class ActivityDesk {
  private readonly byBinding = new Map<string, Set<number>>();
  private readonly activityOfTask = new Map<number, number>();
  private lastCommunicationId = 0;

  constructor(private readonly model: PortalModel) {}

  /** Ids of the activities bound to a CRM object, ascending. */
  boundTo(entityTypeId: number, entityId: number): number[] {
    return [...(this.byBinding.get(`${entityTypeId}:${entityId}`) ?? [])].sort((one, other) => one - other);
  }

  addActivity(operation: Add): void {
    const { fields, at } = operation;
    const id = Number(operation.id);
    const author = doerId(operation.by);
    const isCompleted = fields.COMPLETED === 'Y' || fields.COMPLETED === true;
    const isImport = operation.by === 'import';
    const created = isImport && !isBlank(fields.CREATED) ? fields.CREATED : at;
    const record = this.model.record('activity', id, at, {
      START_TIME: at,
      END_TIME: at,
      RESPONSIBLE_ID: author,
      DEADLINE: plainText(fields.TYPE_ID) === '3' ? fields.END_TIME : (fields.START_TIME ?? at),
      SETTINGS: [],
      PROVIDER_PARAMS: [],
      PROVIDER_ID: providerOf(plainText(fields.TYPE_ID)),
      STATUS: isCompleted ? '2' : '1',
      ...fields,
      AUTHOR_ID: fields.AUTHOR_ID ?? author,
      EDITOR_ID: fields.AUTHOR_ID ?? author,
      CREATED: created,
      LAST_UPDATED: at,
    });
    record.parts.bindings = this.bindingsOf(fields);
    record.parts.communications = this.communicationsOf(fields.COMMUNICATIONS);
    record.parts.files = filesOf(fields.FILES);
    this.model.tables.activity.add(record);
    if (record.fields.PROVIDER_ID === TASK_PROVIDER) {
      this.activityOfTask.set(Number(record.fields.ASSOCIATED_ENTITY_ID), id);
    }
    for (const binding of record.parts.bindings) {
      this.index(binding, id);
      this.model.crm.noteActivity(binding.entityTypeId, binding.entityId, at, author);
    }
  }

  updateActivity(operation: Update): void {
    const record = this.model.tables.activity.get(Number(operation.id));
    if (!record) return;
    const { fields, at } = operation;
    const written: PortalFields = { ...fields };
    for (const name of ['ID', 'CREATED', 'LAST_UPDATED', 'AUTHOR_ID', 'OWNER_ID', 'OWNER_TYPE_ID', 'TYPE_ID'])
      delete written[name];
    if (fields.COMPLETED !== undefined && fields.STATUS === undefined) {
      const isCompleted = fields.COMPLETED === 'Y' || fields.COMPLETED === true;
      written.STATUS = isCompleted ? '2' : '1';
    }
    if (operation.way !== 'silent') {
      written.LAST_UPDATED = at;
      written.EDITOR_ID = doerId(operation.by);
    }
    this.model.write('activity', record, written);
    if (fields.COMMUNICATIONS !== undefined) record.parts.communications = this.communicationsOf(fields.COMMUNICATIONS);
    if (fields.FILES !== undefined) record.parts.files = filesOf(fields.FILES);
    if (fields.BINDINGS !== undefined) this.setBindings(record, this.bindingsOf({ ...record.fields, ...fields }));
    this.model.tables.activity.touch(record, operation.way === 'silent' ? undefined : at);
    for (const binding of record.parts.bindings ?? []) {
      this.model.crm.noteActivity(binding.entityTypeId, binding.entityId, at, doerId(operation.by));
    }
  }

  deleteActivity(id: number): void {
    const record = this.model.tables.activity.get(id);
    if (!record) return;
    for (const binding of record.parts.bindings ?? []) this.byBinding.get(bindingKey(binding))?.delete(id);
    this.model.tables.activity.delete(id);
  }

  addTask(operation: Add): void {
    const { fields, at } = operation;
    const by = doerId(operation.by);
    const isCompleted = plainText(fields.STATUS) === '5';
    const record = this.model.record('task', Number(operation.id), at, {
      CREATED_BY: by,
      RESPONSIBLE_ID: by,
      CLOSED_DATE: isCompleted ? at : null,
      ...fields,
      CREATED_DATE: at,
      CHANGED_DATE: at,
      CHANGED_BY: by,
      STATUS_CHANGED_DATE: at,
      STATUS_CHANGED_BY: by,
      ACTIVITY_DATE: at,
    });
    record.parts.crmTask = stringList(fields.UF_CRM_TASK);
    this.model.tables.task.add(record);
    this.noteTask(record, at, by);
  }

  updateTask(operation: Update): void {
    const record = this.model.tables.task.get(Number(operation.id));
    if (!record) return;
    const { fields, at } = operation;
    const by = doerId(operation.by);
    const statusMoves = fields.STATUS !== undefined && plainText(fields.STATUS) !== record.fields.STATUS;
    const isCompleted = plainText(fields.STATUS) === '5';
    this.model.write('task', record, {
      ...fields,
      ...(statusMoves ? { STATUS_CHANGED_DATE: at, STATUS_CHANGED_BY: by } : {}),
      ...(statusMoves ? { CLOSED_DATE: isCompleted ? at : null, CLOSED_BY: isCompleted ? by : null } : {}),
      ...(operation.way === 'silent' ? {} : { CHANGED_DATE: at, CHANGED_BY: by, ACTIVITY_DATE: at }),
    });
    if (fields.UF_CRM_TASK !== undefined) record.parts.crmTask = stringList(fields.UF_CRM_TASK);
    this.model.tables.task.touch(record, operation.way === 'silent' ? undefined : at);
    this.noteTask(record, at, by);
    if (operation.way !== 'silent') this.followTask(record, operation);
  }

  deleteTask(id: number): void {
    this.model.tables.task.delete(id);
    this.deleteActivity(this.activityOfTask.get(id) ?? 0);
    this.activityOfTask.delete(id);
  }

  /** The activity of a task changes with it. */
  private followTask(task: PortalRecord, { at, by }: Update): void {
    const id = this.activityOfTask.get(task.id);
    if (id === undefined) return;
    const { TITLE, RESPONSIBLE_ID, STATUS } = task.fields;
    const fields: PortalFields = { SUBJECT: TITLE, RESPONSIBLE_ID, COMPLETED: STATUS === '5' ? 'Y' : 'N' };
    this.updateActivity({ op: 'update', entity: 'activity', id: String(id), fields, at, by, way: 'classic' });
  }

  /** A finished object completes its open activities by itself. */
  completeOpen(entityTypeId: number, entityId: number, at: number): void {
    for (const id of this.boundTo(entityTypeId, entityId)) {
      const record = this.model.tables.activity.get(id);
      if (!record || record.fields.COMPLETED === 'Y') continue;
      this.model.write('activity', record, { COMPLETED: 'Y', STATUS: '3', LAST_UPDATED: at });
      this.model.tables.activity.touch(record, at);
    }
  }

  /** An object went away: activities that hang on nothing else go with it. */
  unbindOwner(entityTypeId: number, entityId: number): void {
    for (const id of this.boundTo(entityTypeId, entityId)) {
      const record = this.model.tables.activity.get(id);
      if (!record) continue;
      const rest = (record.parts.bindings ?? []).filter(
        (binding) => binding.entityTypeId !== entityTypeId || binding.entityId !== entityId,
      );
      if (rest.length === 0) this.deleteActivity(id);
      else this.setBindings(record, rest);
    }
    this.byBinding.delete(`${entityTypeId}:${entityId}`);
  }

  rebind(entityTypeId: number, fromId: number, toId: number, at: number, by: string): void {
    for (const id of this.boundTo(entityTypeId, fromId)) {
      const record = this.model.tables.activity.get(id);
      if (!record) continue;
      const bindings = (record.parts.bindings ?? []).map((binding) =>
        binding.entityTypeId === entityTypeId && binding.entityId === fromId
          ? { entityTypeId, entityId: toId }
          : binding,
      );
      this.setBindings(record, bindings);
      this.model.write('activity', record, { LAST_UPDATED: at, EDITOR_ID: by });
      this.model.tables.activity.touch(record, at);
    }
  }

  private setBindings(record: PortalRecord, bindings: Binding[]): void {
    for (const binding of record.parts.bindings ?? []) this.byBinding.get(bindingKey(binding))?.delete(record.id);
    const unique = [...new Map(bindings.map((binding) => [bindingKey(binding), binding])).values()];
    record.parts.bindings = unique;
    for (const binding of unique) this.index(binding, record.id);
    const owns = unique.some(
      (binding) =>
        binding.entityTypeId === Number(record.fields.OWNER_TYPE_ID) &&
        binding.entityId === Number(record.fields.OWNER_ID),
    );
    const [first] = unique;
    if (!owns && first) {
      this.model.write('activity', record, { OWNER_TYPE_ID: first.entityTypeId, OWNER_ID: first.entityId });
    }
  }

  private index(binding: Binding, id: number): void {
    const key = bindingKey(binding);
    const ids = this.byBinding.get(key);
    if (ids) ids.add(id);
    else this.byBinding.set(key, new Set([id]));
  }

  private bindingsOf(fields: PortalFields): Binding[] {
    const owner = { entityTypeId: Number(fields.OWNER_TYPE_ID), entityId: Number(fields.OWNER_ID) };
    const listed = (Array.isArray(fields.BINDINGS) ? (fields.BINDINGS as PortalFields[]) : []).map((binding) => ({
      entityTypeId: Number(binding.OWNER_TYPE_ID ?? binding.entityTypeId),
      entityId: Number(binding.OWNER_ID ?? binding.entityId),
    }));
    const all = [owner, ...listed].filter((binding) => binding.entityTypeId > 0 && binding.entityId > 0);
    return [...new Map(all.map((binding) => [bindingKey(binding), binding])).values()];
  }

  private communicationsOf(raw: unknown): Record<string, unknown>[] {
    if (!Array.isArray(raw)) return [];
    return (raw as PortalFields[]).map((communication) => ({
      ID: String(++this.lastCommunicationId),
      TYPE: communication.TYPE ?? 'PHONE',
      VALUE: communication.VALUE ?? '',
      ENTITY_ID: String((communication.ENTITY_ID ?? '') as string),
      ENTITY_TYPE_ID: String((communication.ENTITY_TYPE_ID ?? '') as string),
      ENTITY_SETTINGS: communication.ENTITY_SETTINGS ?? [],
    }));
  }

  private noteTask(record: PortalRecord, at: number, by: string): void {
    for (const reference of record.parts.crmTask ?? []) {
      const [short, id] = reference.split('_');
      const type = entityTypes.find((candidate) => candidate.short === short);
      if (type) this.model.crm.noteActivity(type.entityTypeId, Number(id), at, by);
    }
  }
}

function bindingKey(binding: Binding): string {
  return `${binding.entityTypeId}:${binding.entityId}`;
}

function stringList(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.map(String);
  return typeof raw === 'string' && raw !== '' ? [raw] : [];
}

/** Files of an activity under addresses that do not change from one start of the portal to the next. */
function filesOf(raw: unknown): Record<string, unknown>[] {
  if (!Array.isArray(raw)) return [];
  return (raw as unknown[])
    .filter((file): file is Record<string, unknown> => typeof file === 'object' && file !== null)
    .map((file) => {
      const url = plainText(file.url);
      return url.startsWith('/') ? { ...file, url: `https://portal.example${url}` } : file;
    });
}

function providerOf(typeId: string): string | null {
  switch (typeId) {
    case '1':
      return 'CRM_MEETING';
    case '2':
      return 'VOXIMPLANT_CALL';
    case '3':
      return 'TASKS';
    case '4':
      return 'CRM_EMAIL';
    default:
      return null;
  }
}
