import type { CrmEntity } from './field-definitions.js';

export interface EntityType {
  entity: CrmEntity;
  entityTypeId: number;
  /** `LEAD`, as calls and duplicates name the entity. */
  symbol: string;
  /** `L`, as bindings of tasks and product rows name it. */
  short: string;
  userFieldEntityId: string;
  /** Names of the stage fields, for entities that move through stages. */
  stage?: {
    field: 'STAGE_ID' | 'STATUS_ID';
    semantics: 'STAGE_SEMANTIC_ID' | 'STATUS_SEMANTIC_ID';
    hasCategory: boolean;
  };
}

const dealStage = { field: 'STAGE_ID', semantics: 'STAGE_SEMANTIC_ID', hasCategory: true } as const;
const leadStage = { field: 'STATUS_ID', semantics: 'STATUS_SEMANTIC_ID', hasCategory: false } as const;

export const entityTypes: readonly EntityType[] = [
  { entity: 'lead', entityTypeId: 1, symbol: 'LEAD', short: 'L', userFieldEntityId: 'CRM_LEAD', stage: leadStage },
  { entity: 'deal', entityTypeId: 2, symbol: 'DEAL', short: 'D', userFieldEntityId: 'CRM_DEAL', stage: dealStage },
  { entity: 'contact', entityTypeId: 3, symbol: 'CONTACT', short: 'C', userFieldEntityId: 'CRM_CONTACT' },
  { entity: 'company', entityTypeId: 4, symbol: 'COMPANY', short: 'CO', userFieldEntityId: 'CRM_COMPANY' },
  {
    entity: 'invoice',
    entityTypeId: 31,
    symbol: 'SMART_INVOICE',
    short: 'SI',
    userFieldEntityId: 'CRM_SMART_INVOICE',
    stage: dealStage,
  },
];

const byEntity = new Map(entityTypes.map((type) => [type.entity, type]));

export function entityTypeOf(entity: CrmEntity): EntityType {
  const type = byEntity.get(entity);
  if (!type) throw new Error(`No entity type for ${entity}`);
  return type;
}

export function entityTypeById(entityTypeId: number): EntityType | undefined {
  return entityTypes.find((type) => type.entityTypeId === entityTypeId);
}

export function isCrmEntity(entity: string): entity is CrmEntity {
  return byEntity.has(entity as CrmEntity);
}
