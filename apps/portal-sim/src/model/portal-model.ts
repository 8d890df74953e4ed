import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { assertNever } from '@funnelwatch/kernel';
import { ActivityDesk } from './activity-desk.js';
import { classicValue, plainText } from './classic-value.js';
import { CrmDesk } from './crm-desk.js';
import { isCrmEntity } from './entity-types.js';
import {
  activityFields,
  callFields,
  type CrmEntity,
  crmFields,
  requisiteFields,
  statusFields,
  taskFields,
} from './field-definitions.js';
import { doerId } from './doer-id.js';
import { FieldSet } from './field-set.js';
import { LinkIndex } from './link-index.js';
import { NotificationList } from './notification-list.js';
import { addUserField, configureCategory, removeUserField } from './portal-configuration.js';
import { PortalTime } from './portal-time.js';
import { type PortalRecord, RecordTable } from './record-table.js';
import { StageDictionary } from './stage-dictionary.js';
import { type HistoryMode, StageHistory } from './stage-history.js';

export interface TimelineComment {
  id: number;
  entityType: string;
  entityId: number;
  authorId: number;
  createdMs: number;
  comment: string;
}

/** The state of a portal. It changes only through operations, so the same operations always make the same portal. */
export class PortalModel {
  readonly time: PortalTime;
  historyMode: HistoryMode = 'append';

  readonly tables: Record<CrmEntity | 'activity' | 'call' | 'task' | 'requisite' | 'status', RecordTable> = {
    lead: new RecordTable(),
    deal: new RecordTable(),
    contact: new RecordTable(),
    company: new RecordTable(),
    invoice: new RecordTable(),
    activity: new RecordTable(),
    call: new RecordTable(),
    task: new RecordTable(),
    requisite: new RecordTable(),
    status: new RecordTable(),
  };
  readonly fieldSets: Record<keyof PortalModel['tables'], FieldSet> = {
    lead: new FieldSet(crmFields.lead),
    deal: new FieldSet(crmFields.deal),
    contact: new FieldSet(crmFields.contact),
    company: new FieldSet(crmFields.company),
    invoice: new FieldSet(crmFields.invoice),
    activity: new FieldSet(activityFields),
    call: new FieldSet(callFields),
    task: new FieldSet(taskFields),
    requisite: new FieldSet(requisiteFields),
    status: new FieldSet(statusFields),
  };
  readonly stages = new StageDictionary(this.tables.status);
  readonly history: Record<'lead' | 'deal' | 'invoice', StageHistory> = {
    lead: new StageHistory(),
    deal: new StageHistory(),
    invoice: new StageHistory(),
  };
  /** Records by what they point at, for merges. */
  readonly links: Record<CrmEntity | 'call', LinkIndex> = {
    lead: new LinkIndex(),
    deal: new LinkIndex(),
    contact: new LinkIndex(),
    company: new LinkIndex(),
    invoice: new LinkIndex(),
    call: new LinkIndex(),
  };
  /** Rows as user.get shows them, by id. */
  readonly users = new Map<number, PortalFields>();
  readonly departments = new Map<number, PortalFields>();
  readonly currencies = new Map<string, PortalFields>();
  readonly userFields: PortalFields[] = [];
  readonly productRows = new Map<string, PortalFields[]>();
  readonly comments: TimelineComment[] = [];
  readonly notifications = new NotificationList();
  readonly crm = new CrmDesk(this);
  readonly activities = new ActivityDesk(this);

  constructor(zone: string) {
    this.time = new PortalTime(zone);
  }

  get baseCurrency(): string {
    for (const [code, currency] of this.currencies) if (currency.BASE === 'Y') return code;
    return 'RUB';
  }

  /** Applies one operation with the side effects that a real portal adds. */
  apply(operation: PortalOperation): void {
    switch (operation.op) {
      case 'add':
        if (isCrmEntity(operation.entity)) this.crm.add(operation.entity, operation);
        else this.addOther(operation);
        return;
      case 'update':
        if (isCrmEntity(operation.entity)) this.crm.update(operation.entity, operation);
        else this.updateOther(operation);
        return;
      case 'delete':
        if (isCrmEntity(operation.entity)) this.crm.delete(operation.entity, Number(operation.id));
        else this.deleteOther(operation);
        return;
      case 'merge':
        this.crm.merge(operation);
        return;
      case 'set-product-rows':
        this.crm.setProductRows(operation);
        return;
      default:
        assertNever(operation);
    }
  }

  /** A record with every field of its set, in the portal's order. */
  buildFields(kind: keyof PortalModel['tables'], id: number, written: PortalFields): Record<string, unknown> {
    const set = this.fieldSets[kind];
    const fields = { ...set.template };
    for (const name in written) {
      const definition = set.byName(name);
      if (definition) fields[name] = classicValue(definition, written[name], this.time);
    }
    fields.ID = String(id);
    return fields;
  }

  private addOther(operation: PortalOperation & { op: 'add' }): void {
    const id = Number(operation.id);
    const at = operation.at;
    switch (operation.entity) {
      case 'user':
        this.users.set(id, { ID: String(id), ...operation.fields });
        return;
      case 'department':
        this.departments.set(id, { ID: String(id), ...operation.fields });
        return;
      case 'currency':
        this.currencies.set(operation.id, { CURRENCY: operation.id, ...operation.fields });
        return;
      case 'category':
        configureCategory(this, operation.id, operation.fields);
        return;
      case 'userfield':
        addUserField(this, operation.id, operation.fields);
        return;
      case 'status':
        this.tables.status.add(this.record('status', id, at, statusDefaults(operation.fields)));
        this.stages.forget();
        return;
      case 'requisite':
        this.tables.requisite.add(
          this.record('requisite', id, at, {
            ...operation.fields,
            DATE_CREATE: at,
            CREATED_BY_ID: doerId(operation.by),
          }),
        );
        return;
      case 'call':
        this.addCall(this.record('call', id, at, { CALL_START_DATE: at, ...operation.fields }));
        return;
      case 'activity':
        this.activities.addActivity(operation);
        return;
      case 'task':
        this.activities.addTask(operation);
        return;
      default:
        throw new Error(`The portal cannot add: ${operation.entity}`);
    }
  }

  private addCall(record: PortalRecord): void {
    this.tables.call.add(record);
    this.links.call.note(plainText(record.fields.CRM_ENTITY_TYPE), record.fields.CRM_ENTITY_ID, record);
  }

  private updateOther(operation: PortalOperation & { op: 'update' }): void {
    const id = Number(operation.id);
    switch (operation.entity) {
      case 'user':
        Object.assign(this.users.get(id) ?? {}, operation.fields);
        return;
      case 'department':
        Object.assign(this.departments.get(id) ?? {}, operation.fields);
        return;
      case 'currency':
        Object.assign(this.currencies.get(operation.id) ?? {}, operation.fields);
        return;
      case 'category':
        configureCategory(this, operation.id, operation.fields);
        return;
      case 'userfield': {
        const userField = this.userFields.find((candidate) => candidate.ID === operation.id);
        if (userField) Object.assign(userField, operation.fields);
        return;
      }
      case 'activity':
        this.activities.updateActivity(operation);
        return;
      case 'task':
        this.activities.updateTask(operation);
        return;
      case 'status':
      case 'requisite':
      case 'call': {
        const record = this.tables[operation.entity].get(id);
        if (!record) return;
        const modified =
          operation.entity === 'requisite' ? { DATE_MODIFY: operation.at, MODIFY_BY_ID: doerId(operation.by) } : {};
        this.write(operation.entity, record, { ...operation.fields, ...modified });
        this.tables[operation.entity].touch(record, operation.at);
        if (operation.entity === 'status') this.stages.forget();
        return;
      }
      default:
        throw new Error(`The portal cannot update: ${operation.entity}`);
    }
  }

  private deleteOther(operation: PortalOperation & { op: 'delete' }): void {
    const id = Number(operation.id);
    switch (operation.entity) {
      case 'user':
        this.users.delete(id);
        return;
      case 'department':
        this.departments.delete(id);
        return;
      case 'currency':
        this.currencies.delete(operation.id);
        return;
      case 'category': {
        const category = this.stages.categoryById(id);
        if (category) this.stages.removeCategory(category.entityTypeId, id);
        return;
      }
      case 'userfield':
        removeUserField(this, operation.id);
        return;
      case 'activity':
        this.activities.deleteActivity(id);
        return;
      case 'task':
        this.activities.deleteTask(id);
        return;
      case 'status':
      case 'requisite':
      case 'call':
        this.tables[operation.entity].delete(id);
        if (operation.entity === 'status') this.stages.forget();
        return;
      default:
        throw new Error(`The portal cannot delete: ${operation.entity}`);
    }
  }

  /** Writes fields of a record; an answer that holds the fields as they were keeps them. */
  write(kind: keyof PortalModel['tables'], record: PortalRecord, written: PortalFields): void {
    if (record.isShared) {
      record.fields = { ...record.fields };
      record.isShared = false;
    }
    const set = this.fieldSets[kind];
    for (const name in written) {
      const definition = set.byName(name);
      if (definition && name !== 'ID') record.fields[name] = classicValue(definition, written[name], this.time);
    }
    record.item = undefined;
  }

  record(kind: keyof PortalModel['tables'], id: number, modifiedMs: number, written: PortalFields): PortalRecord {
    return { id, fields: this.buildFields(kind, id, written), parts: {}, modifiedMs, isShared: false, item: undefined };
  }
}

function statusDefaults(fields: PortalFields): PortalFields {
  return { NAME_INIT: fields.SYSTEM === 'Y' ? fields.NAME : '', ...fields };
}
