import type { PortalFields, PortalOperation } from '../../script.js';
import { ActivityBook } from './activity-book.js';
import { CardBook } from './card-book.js';
import { ConfigurationBook } from './configuration-book.js';
import type { Call, Employee, EmployeeFields, Facts, Requisite, RequisiteFields } from './facts.js';
import { cardKey, idIn, instantIn, textIn } from './portal-values.js';
import { writeVersion } from './versions.js';

/**
 * A portal that follows the script, and everything that ever held in it. It makes the same side effects as the
 * simulated portal: closing of activities, history rows, close dates, links that follow a merge.
 */
export class PortalBook {
  readonly configuration = new ConfigurationBook();
  readonly activities = new ActivityBook();
  readonly cards: CardBook;
  private readonly calls = new Map<string, PortalFields>();
  private readonly requisites = new Map<string, { raw: PortalFields; record: Requisite }>();
  private readonly users = new Map<string, { raw: PortalFields; record: Employee }>();

  constructor(zone: string) {
    this.cards = new CardBook(this.configuration, this.activities, zone);
  }

  apply(operation: PortalOperation): void {
    this.configuration.passTo(operation.at);
    switch (operation.op) {
      case 'add':
        return this.add(operation);
      case 'update':
        return this.update(operation);
      case 'delete':
        return this.remove(operation);
      case 'merge':
        return this.cards.merge(operation);
      case 'set-product-rows':
        return this.cards.setProductRows(operation);
    }
  }

  private add(operation: PortalOperation & { op: 'add' }): void {
    const { entity, id, fields, at } = operation;
    switch (entity) {
      case 'lead':
      case 'deal':
      case 'contact':
      case 'company':
      case 'invoice':
        return this.cards.add(entity, operation);
      case 'activity':
        return this.activities.addActivity(operation);
      case 'task':
        return this.activities.addTask(operation);
      case 'call':
        this.calls.set(id, { CALL_START_DATE: at, ...fields });
        return;
      case 'requisite': {
        const record = { id, createdAt: at, versions: [{ at, fields: requisiteFields(fields) }], goneAt: null };
        this.requisites.set(id, { raw: { ...fields }, record });
        return;
      }
      case 'user': {
        const createdAt = instantIn(fields['DATE_REGISTER']) ?? at;
        const versions = [{ at: createdAt, fields: employeeFields(fields) }];
        this.users.set(id, { raw: { ...fields }, record: { id, createdAt, versions, goneAt: null } });
        return;
      }
      case 'category':
      case 'status':
        if (fields['ENTITY_ID'] === 'SOURCE') this.cards.defaultSource ??= textIn(fields['STATUS_ID']);
        return this.configuration.add(operation);
      case 'currency':
      case 'department':
      case 'userfield':
        if (entity === 'currency' && fields['BASE'] === 'Y') this.cards.baseCurrency = id;
    }
  }

  private update(operation: PortalOperation & { op: 'update' }): void {
    const { entity, id, fields, at } = operation;
    switch (entity) {
      case 'lead':
      case 'deal':
      case 'contact':
      case 'company':
      case 'invoice':
        return this.cards.update(entity, operation);
      case 'activity':
        return this.activities.updateActivity(operation);
      case 'task':
        return this.activities.updateTask(operation);
      case 'status':
        return this.configuration.update(operation);
      case 'call':
        Object.assign(this.calls.get(id) ?? {}, fields);
        return;
      case 'requisite': {
        const requisite = this.requisites.get(id);
        if (!requisite) return;
        Object.assign(requisite.raw, fields);
        writeVersion(requisite.record, at, requisiteFields(requisite.raw));
        return;
      }
      case 'user': {
        const user = this.users.get(id);
        if (!user) return;
        Object.assign(user.raw, fields);
        writeVersion(user.record, at, employeeFields(user.raw));
        return;
      }
      default:
    }
  }

  private remove({ entity, id, at }: PortalOperation & { op: 'delete' }): void {
    if (entity === 'status') return this.configuration.remove(id, at);
    if (entity === 'activity') return this.activities.removeActivity(id, at);
    if (entity === 'task') return this.activities.removeTask(id, at);
    if (entity === 'requisite') {
      const requisite = this.requisites.get(id);
      if (requisite) requisite.record.goneAt = at;
      return;
    }
    this.cards.remove(entity, id, at, 'deleted');
  }

  /** Everything that was ever true. */
  facts(until: number): Facts {
    this.configuration.passTo(Number.POSITIVE_INFINITY);
    return {
      cards: this.cards.all(),
      activities: this.activities.allActivities(),
      tasks: this.activities.allTasks(),
      calls: [...this.calls].map(([id, raw]) => callOf(id, raw)).filter((call) => call.startedAt <= until),
      requisites: [...this.requisites.values()].map(({ record }) => record),
      employees: [...this.users.values()].map(({ record }) => record),
      configurations: this.configuration.readings,
    };
  }
}

function requisiteFields(raw: PortalFields): RequisiteFields {
  const owner = cardKey(raw['ENTITY_TYPE_ID'], raw['ENTITY_ID']);
  return {
    companyId: owner?.startsWith('company:') ? owner.slice('company:'.length) : null,
    inn: textIn(raw['RQ_INN']),
    kpp: textIn(raw['RQ_KPP']),
    ogrn: textIn(raw['RQ_OGRN']),
    ogrnip: textIn(raw['RQ_OGRNIP']),
  };
}

function employeeFields(raw: PortalFields): EmployeeFields {
  const phones = ['PERSONAL_MOBILE', 'PERSONAL_PHONE', 'WORK_PHONE', 'UF_PHONE_INNER'].map((name) => textIn(raw[name]));
  return {
    isActive: raw['ACTIVE'] === true || raw['ACTIVE'] === 'Y',
    phones: phones.filter((phone) => phone !== null),
    email: textIn(raw['EMAIL']),
  };
}

function callOf(id: string, raw: PortalFields): Call {
  const type = textIn(raw['CALL_TYPE']) ?? '1';
  return {
    id,
    activityId: idIn(raw['CRM_ACTIVITY_ID']),
    userId: idIn(raw['PORTAL_USER_ID']),
    direction: type === '1' || type === '4' ? 'outgoing' : type === '2' || type === '3' ? 'incoming' : 'none',
    startedAt: instantIn(raw['CALL_START_DATE']) ?? 0,
    seconds: Number(raw['CALL_DURATION'] ?? 0),
    isConnected: (textIn(raw['CALL_FAILED_CODE']) ?? '200') === '200',
    phone: textIn(raw['PHONE_NUMBER']),
    comment: textIn(raw['COMMENT']),
  };
}
