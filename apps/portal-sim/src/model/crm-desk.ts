import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { isBlank, plainText } from './classic-value.js';
import { type EntityType, entityTypeById, entityTypeOf } from './entity-types.js';
import { type CrmEntity, multiFieldNames } from './field-definitions.js';
import { mergeRecords } from './merge-records.js';
import { defaultsOfNew } from './new-record-defaults.js';
import { writeMultiField } from './multi-fields.js';
import { doerId } from './doer-id.js';
import type { PortalModel } from './portal-model.js';
import type { PortalRecord } from './record-table.js';
import type { StageSemantics } from './stage-dictionary.js';

type Add = PortalOperation & { op: 'add' };
type Update = PortalOperation & { op: 'update' };

/** Fields that a user-level update never sets. */
const dropped = new Set([
  'ID',
  'DATE_CREATE',
  'DATE_MODIFY',
  'CREATED_BY_ID',
  'MODIFY_BY_ID',
  'MOVED_BY_ID',
  'MOVED_TIME',
  'STAGE_SEMANTIC_ID',
  'STATUS_SEMANTIC_ID',
  'LAST_ACTIVITY_TIME',
  'LAST_ACTIVITY_BY',
]);
const linkFields = ['CONTACT_ID', 'COMPANY_ID', 'LEAD_ID', 'PARENT_ID_2'];

/** Applies changes of leads, deals, contacts, companies and invoices with the portal's side effects. */
export class CrmDesk {
  private lastMultiFieldId = 0;

  constructor(private readonly model: PortalModel) {}

  nextMultiFieldId(): number {
    return ++this.lastMultiFieldId;
  }

  add(entity: CrmEntity, operation: Add): void {
    const type = entityTypeOf(entity);
    const id = Number(operation.id);
    const given = this.classicNames(entity, operation.fields);
    const isImport = operation.by === 'import';
    const doer = doerId(operation.by);
    const createdMs = (isImport ? this.instant(given.DATE_CREATE) : null) ?? operation.at;
    const modifiedMs = (isImport ? this.instant(given.DATE_MODIFY) : null) ?? createdMs;
    const creator = isImport && !isBlank(given.CREATED_BY_ID) ? given.CREATED_BY_ID : doer;
    const written: PortalFields = {
      ...defaultsOfNew(this.model, entity, { id, createdMs, doer }),
      ...withoutBlankTitle(given),
      DATE_CREATE: createdMs,
      DATE_MODIFY: modifiedMs,
      CREATED_BY_ID: creator,
      MODIFY_BY_ID: isImport && !isBlank(given.MODIFY_BY_ID) ? given.MODIFY_BY_ID : creator,
      LAST_ACTIVITY_TIME: createdMs,
      LAST_ACTIVITY_BY: creator,
    };
    const stage = type.stage ? this.stageOfNew(type, written) : null;
    if (type.stage && stage) {
      written[type.stage.field] = stage.stageId;
      written[type.stage.semantics] = stage.semantics;
      written.MOVED_TIME = (isImport ? this.instant(given.MOVED_TIME) : null) ?? createdMs;
      written.MOVED_BY_ID = isImport && !isBlank(given.MOVED_BY_ID) ? given.MOVED_BY_ID : creator;
      this.followStage(entity, written, stage, createdMs);
    }
    const record = this.model.record(entity, id, modifiedMs, written);
    this.writeParts(entity, record, given);
    this.model.tables[entity].add(record);
    this.noteLinks(entity, record, given);
    if (stage && !isImport) {
      this.historyOf(entity)?.registerCreation({ ownerId: id, atMs: createdMs, ...stage });
    }
  }

  update(entity: CrmEntity, operation: Update): void {
    const type = entityTypeOf(entity);
    const table = this.model.tables[entity];
    const record = table.get(Number(operation.id));
    if (!record) return;
    const given = this.classicNames(entity, operation.fields);
    const { fields: current } = record;
    const before: Record<string, unknown> = { CATEGORY_ID: current.CATEGORY_ID };
    if (type.stage) {
      before[type.stage.field] = current[type.stage.field];
      before[type.stage.semantics] = current[type.stage.semantics];
    }
    const written: PortalFields = {};
    for (const [name, value] of Object.entries(given)) {
      if (operation.way !== 'silent' && dropped.has(name)) continue;
      if ((name === 'TITLE' || name.endsWith('DATE')) && isBlank(value)) continue;
      if (name === 'ASSIGNED_BY_ID' && !(Number(value) > 0)) continue;
      written[name] = value;
    }
    if (type.stage) this.resolveStage(type, before, written, operation.way);
    const stageField = type.stage?.field;
    const isMove =
      stageField !== undefined &&
      ((written[stageField] !== undefined && written[stageField] !== before[stageField]) ||
        (written.CATEGORY_ID !== undefined && Number(written.CATEGORY_ID) !== Number(before.CATEGORY_ID)));
    const doer = doerId(operation.by);
    if (type.stage && stageField !== undefined && written[stageField] !== undefined) {
      const categoryId = Number(written.CATEGORY_ID ?? before.CATEGORY_ID ?? 0);
      const stageId = plainText(written[stageField]);
      const semantics = this.model.stages.semantics(entity, categoryId, stageId) ?? 'P';
      if (isMove) {
        written[type.stage.semantics] = semantics;
        written.MOVED_TIME = operation.at;
        written.MOVED_BY_ID = doer;
        if (entity === 'invoice') written.PREVIOUS_STAGE_ID = before[stageField];
      }
      const wasFinal = before[type.stage.semantics] !== 'P';
      this.followStage(entity, written, { categoryId, stageId, semantics }, operation.at, wasFinal || !isMove);
    }
    for (const name in written) before[name] = current[name];
    this.model.write(entity, record, written);
    const partsChanged = this.writeParts(entity, record, given);
    this.noteLinks(entity, record, given);
    const hasChanged = partsChanged || Object.keys(written).some((name) => record.fields[name] !== before[name]);
    const bumps = operation.way === 'classic' || (operation.way === 'item' && hasChanged);
    if (bumps) this.model.write(entity, record, { DATE_MODIFY: operation.at, MODIFY_BY_ID: doer });
    table.touch(record, bumps ? operation.at : undefined);
    if (isMove && type.stage && stageField !== undefined) this.registerMove(entity, type, record, before, operation);
  }

  delete(entity: CrmEntity, id: number): void {
    const type = entityTypeOf(entity);
    if (!this.model.tables[entity].delete(id)) return;
    this.historyOf(entity)?.removeOwner(id);
    this.model.productRows.delete(`${type.short}:${id}`);
    this.model.activities.unbindOwner(type.entityTypeId, id);
  }

  merge(operation: PortalOperation & { op: 'merge' }): void {
    mergeRecords(this.model, operation);
  }

  /** Replaces the rows of an owner; its amount follows unless it was set by hand. */
  setProductRows(operation: PortalOperation & { op: 'set-product-rows' }): void {
    const entity = operation.ownerType === 'D' ? 'deal' : operation.ownerType === 'L' ? 'lead' : 'invoice';
    const table = this.model.tables[entity];
    const record = table.get(Number(operation.ownerId));
    if (!record) return;
    this.model.productRows.set(`${operation.ownerType}:${record.id}`, operation.rows);
    const written: PortalFields = { DATE_MODIFY: operation.at, MODIFY_BY_ID: doerId(operation.by) };
    if (record.fields.IS_MANUAL_OPPORTUNITY !== 'Y') {
      const total = operation.rows.reduce(
        (sum, row) => sum + Math.round(Number(row.PRICE) * 100) * Number(row.QUANTITY ?? 1),
        0,
      );
      written.OPPORTUNITY = (Math.round(total) / 100).toFixed(2);
    }
    this.model.write(entity, record, written);
    table.touch(record, operation.at);
  }

  /** Moves the time of the last activity, which is not a modification of the record. */
  noteActivity(entityTypeId: number, id: number, atMs: number, userId: string): void {
    const type = entityTypeById(entityTypeId);
    const record = type && this.model.tables[type.entity].get(id);
    if (!type || !record) return;
    this.model.write(type.entity, record, { LAST_ACTIVITY_TIME: atMs, LAST_ACTIVITY_BY: userId });
  }

  private noteLinks(entity: CrmEntity, record: PortalRecord, given: PortalFields): void {
    const index = this.model.links[entity];
    for (const field of linkFields) if (given[field] !== undefined) index.note(field, record.fields[field], record);
    if (given.CONTACT_IDS !== undefined) {
      for (const contactId of record.parts.contactIds ?? []) index.note('CONTACT_ID', contactId, record);
    }
  }

  /** Fields under their classic names: invoices are written under the universal ones. */
  private classicNames(entity: CrmEntity, fields: PortalFields): PortalFields {
    if (entity !== 'invoice') return fields;
    const set = this.model.fieldSets.invoice;
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [set.byItemName(name)?.name ?? name, value]),
    );
  }

  private registerMove(
    entity: CrmEntity,
    type: EntityType,
    record: PortalRecord,
    before: Record<string, unknown>,
    operation: Update,
  ): void {
    if (!type.stage) return;
    const semantics = record.fields[type.stage.semantics] as StageSemantics;
    this.historyOf(entity)?.registerMove(
      {
        ownerId: record.id,
        atMs: operation.at,
        categoryId: Number(record.fields.CATEGORY_ID ?? 0),
        stageId: String(record.fields[type.stage.field]),
        semantics,
      },
      Number(before.CATEGORY_ID ?? 0),
      this.model.historyMode,
    );
    if (semantics !== 'P') this.model.activities.completeOpen(type.entityTypeId, record.id, operation.at);
  }

  private historyOf(entity: CrmEntity) {
    return entity === 'lead' || entity === 'deal' || entity === 'invoice' ? this.model.history[entity] : undefined;
  }

  /** Keeps in `written` only a stage that belongs to the category the record will stand in. */
  private resolveStage(
    type: EntityType,
    before: Record<string, unknown>,
    written: PortalFields,
    way: Update['way'],
  ): void {
    const stage = type.stage;
    if (!stage) return;
    const current = Number(before.CATEGORY_ID ?? 0);
    if (way === 'classic' || !stage.hasCategory) delete written.CATEGORY_ID;
    const target = written.CATEGORY_ID === undefined ? current : Number(written.CATEGORY_ID);
    if (target !== current && !this.model.stages.category(type.entityTypeId, target)) {
      delete written.CATEGORY_ID;
      delete written[stage.field];
      return;
    }
    const wanted = written[stage.field];
    const isKnown =
      typeof wanted === 'string' && this.model.stages.semantics(type.entity, target, wanted) !== undefined;
    if (!isKnown) delete written[stage.field];
    if (target !== current && !isKnown) written[stage.field] = this.model.stages.firstStage(type.entity, target);
  }

  private stageOfNew(type: EntityType, written: PortalFields) {
    const { entity } = type;
    const fallback = this.model.stages.categories(type.entityTypeId).find((category) => category.isDefault)?.id ?? 0;
    const categoryId =
      type.stage?.hasCategory && !isBlank(written.CATEGORY_ID) ? Number(written.CATEGORY_ID) : fallback;
    if (type.stage?.hasCategory) written.CATEGORY_ID = String(categoryId);
    const wanted = type.stage ? written[type.stage.field] : undefined;
    const known = typeof wanted === 'string' ? this.model.stages.semantics(entity, categoryId, wanted) : undefined;
    const stageId = known ? (wanted as string) : (this.model.stages.firstStage(entity, categoryId) ?? 'NEW');
    return { categoryId, stageId, semantics: known ?? this.model.stages.semantics(entity, categoryId, stageId) ?? 'P' };
  }

  /** What a stage brings with it: IS_NEW, CLOSED, and the close date once the object is finished. */
  private followStage(
    entity: CrmEntity,
    written: PortalFields,
    stage: { categoryId: number; stageId: string; semantics: StageSemantics },
    atMs: number,
    keepsCloseDate = false,
  ): void {
    const isFinal = stage.semantics !== 'P';
    if (entity === 'deal') {
      written.IS_NEW = this.model.stages.firstStage('deal', stage.categoryId) === stage.stageId ? 'Y' : 'N';
      written.CLOSED = isFinal ? 'Y' : 'N';
    }
    if (entity === 'lead') written.DATE_CLOSED = isFinal ? atMs : '';
    else if (isFinal && !keepsCloseDate) written.CLOSEDATE = this.model.time.dayOf(atMs);
  }

  /** Stores multi-fields and links to contacts; tells whether any of them changed. */
  private writeParts(entity: CrmEntity, record: PortalRecord, given: PortalFields): boolean {
    let changed = false;
    for (const name of multiFieldNames) {
      if (given[name] === undefined) continue;
      changed = writeMultiField(record, name, given[name], () => this.nextMultiFieldId()) || changed;
      if (`HAS_${name}` in record.fields) {
        this.model.write(entity, record, { [`HAS_${name}`]: record.parts.multi?.[name]?.length ? 'Y' : 'N' });
      }
    }
    const contacts = given.CONTACT_IDS;
    if (Array.isArray(contacts)) {
      record.parts.contactIds = contacts.map(Number).filter((contactId) => contactId > 0);
      const primary = record.parts.contactIds[0];
      this.model.write(entity, record, { CONTACT_ID: primary ?? null });
      changed = true;
    } else if (given.CONTACT_ID !== undefined && 'CONTACT_ID' in record.fields) {
      const contactId = Number(given.CONTACT_ID);
      record.parts.contactIds = contactId > 0 ? [contactId] : [];
    }
    if (Array.isArray(given.OBSERVERS)) record.parts.observers = given.OBSERVERS.map(Number);
    return changed;
  }

  private instant(value: unknown): number | null {
    if (isBlank(value)) return null;
    const atMs = typeof value === 'number' ? value : this.model.time.parse(String(value));
    return Number.isNaN(atMs) ? null : atMs;
  }
}

function withoutBlankTitle(fields: PortalFields): PortalFields {
  if (!isBlank(fields.TITLE)) return fields;
  const { TITLE: _blank, ...rest } = fields;
  return rest;
}
