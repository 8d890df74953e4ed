import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { entityTypeById, entityTypes } from '../model/entity-types.js';

type Entity = string;

const linkFields: Record<string, Entity> = {
  CONTACT_ID: 'contact',
  CONTACT_IDS: 'contact',
  COMPANY_ID: 'company',
  COMPANY_IDS: 'company',
  MYCOMPANY_ID: 'company',
  LEAD_ID: 'lead',
  CRM_ACTIVITY_ID: 'activity',
  contactId: 'contact',
  contactIds: 'contact',
  companyId: 'company',
  mycompanyId: 'company',
  parentId2: 'deal',
};

/**
 * Ids of a portal grow with every record, whoever adds it. The script knows nothing of records that clients add, so
 * once a client has added one, later script records of that kind move behind it, and every reference follows.
 */
export class RecordIds {
  private readonly highest = new Map<Entity, number>();
  private readonly shifted = new Map<Entity, Map<string, string>>();
  private readonly entitiesOfClients = new Set<Entity>();

  /** The id for a record that a client adds next. */
  next(entity: Entity): number {
    return (this.highest.get(entity) ?? 0) + 1;
  }

  /** Notes an operation of a client. */
  noteClient(operation: PortalOperation): void {
    if (operation.op !== 'add') return;
    this.entitiesOfClients.add(operation.entity);
    this.noteId(operation.entity, operation.id);
  }

  /** The script operation with the ids that its records have in this portal. */
  place(operation: PortalOperation): PortalOperation {
    const placed =
      operation.op === 'add' && this.entitiesOfClients.has(operation.entity) ? this.shift(operation) : operation;
    if (placed.op === 'add') this.noteId(placed.entity, placed.id);
    return this.shifted.size === 0 ? placed : this.translated(placed, placed !== operation);
  }

  private noteId(entity: Entity, id: string): void {
    const number = Number(id);
    if (number > (this.highest.get(entity) ?? 0)) this.highest.set(entity, number);
  }

  private shift(operation: PortalOperation & { op: 'add' }): PortalOperation & { op: 'add' } {
    const id = String(Math.max(Number(operation.id), this.next(operation.entity)));
    if (id === operation.id) return operation;
    const ids = this.shifted.get(operation.entity) ?? new Map<string, string>();
    this.shifted.set(operation.entity, ids.set(operation.id, id));
    return { ...operation, id };
  }

  private translated(operation: PortalOperation, hasOwnId: boolean): PortalOperation {
    switch (operation.op) {
      case 'add':
        return {
          ...operation,
          fields: this.links(operation.fields),
          id: hasOwnId ? operation.id : this.idOf(operation.entity, operation.id),
        };
      case 'update':
        return { ...operation, id: this.idOf(operation.entity, operation.id), fields: this.links(operation.fields) };
      case 'delete':
        return { ...operation, id: this.idOf(operation.entity, operation.id) };
      case 'merge':
        return {
          ...operation,
          id: this.idOf(operation.entity, operation.id),
          losers: operation.losers.map((loser) => this.idOf(operation.entity, loser)),
        };
      case 'set-product-rows': {
        const entity = entityTypes.find((type) => type.short === operation.ownerType)?.entity ?? '';
        return { ...operation, ownerId: this.idOf(entity, operation.ownerId) };
      }
    }
  }

  private idOf(entity: Entity, id: string): string {
    return this.shifted.get(entity)?.get(id) ?? id;
  }

  private link<Value>(entity: Entity, value: Value): Value | string | number {
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const id = this.idOf(entity, String(value));
    return typeof value === 'number' ? Number(id) : id;
  }

  private links(fields: PortalFields): PortalFields {
    const linked: PortalFields = { ...fields };
    for (const [name, entity] of Object.entries(linkFields)) {
      const value = fields[name];
      if (Array.isArray(value)) linked[name] = value.map((one: unknown) => this.link(entity, one));
      else if (value !== undefined) linked[name] = this.link(entity, value);
    }
    this.linkTyped(linked, 'OWNER_TYPE_ID', 'OWNER_ID');
    this.linkTyped(linked, 'ENTITY_TYPE_ID', 'ENTITY_ID');
    const symbol = entityTypes.find((type) => type.symbol === fields.CRM_ENTITY_TYPE);
    if (symbol) linked.CRM_ENTITY_ID = this.link(symbol.entity, fields.CRM_ENTITY_ID);
    for (const name of ['BINDINGS', 'COMMUNICATIONS'] as const) {
      const list = fields[name];
      if (!Array.isArray(list)) continue;
      linked[name] = (list as PortalFields[]).map((entry) => {
        const copy = { ...entry };
        this.linkTyped(copy, 'OWNER_TYPE_ID', 'OWNER_ID');
        this.linkTyped(copy, 'ENTITY_TYPE_ID', 'ENTITY_ID');
        return copy;
      });
    }
    if (Array.isArray(fields.UF_CRM_TASK)) {
      linked.UF_CRM_TASK = (fields.UF_CRM_TASK as string[]).map((reference) => {
        const [short = '', id = ''] = reference.split('_');
        const entity = entityTypes.find((type) => type.short === short)?.entity ?? '';
        return `${short}_${this.idOf(entity, id)}`;
      });
    }
    return linked;
  }

  private linkTyped(fields: PortalFields, typeName: string, idName: string): void {
    const type = entityTypeById(Number(fields[typeName]));
    if (type && fields[idName] !== undefined) fields[idName] = this.link(type.entity, fields[idName]);
  }
}
