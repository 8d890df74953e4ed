import type { EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';

/** Fields of a record by name, whatever part of an event or observation they come from. */
export type NamedValues = Readonly<Record<string, JsonValue | undefined>>;

/** Canonical fields that name one object, by kind of record. A user is named by every record and links none. */
const linkFields: Partial<Record<EntityKind, Readonly<Record<string, EntityKind>>>> = {
  lead: { contactId: 'contact' },
  deal: { contactId: 'contact', companyId: 'company', leadId: 'lead' },
  invoice: { contactId: 'contact', companyId: 'company', dealId: 'deal' },
  // A contact that was made of a lead is the same person.
  contact: { leadId: 'lead' },
  call: { activityId: 'activity' },
};

/** Fields of the portal that name several. */
const listFields: Readonly<Record<string, EntityKind>> = { CONTACT_IDS: 'contact', contactIds: 'contact' };

const kindByTypeId: Readonly<Record<string, EntityKind>> = {
  '1': 'lead',
  '2': 'deal',
  '3': 'contact',
  '4': 'company',
  '31': 'invoice',
};
const kindByBinding: Readonly<Record<string, EntityKind>> = {
  L: 'lead',
  D: 'deal',
  C: 'contact',
  CO: 'company',
  SI: 'invoice',
};

/**
 * Streams of the objects that a record is about: when one of them is erased, the record's texts go too. Links lead from
 * what is said to whom it is said of (an activity to its deal, a deal to its contact), never back.
 */
export function linksOf(kind: EntityKind, fields: NamedValues, extra: NamedValues): string[] {
  const links = new Set<string>();
  const add = (target: string | null | undefined, id: JsonValue | undefined): void => {
    if (target && (typeof id === 'string' || typeof id === 'number') && String(id) !== '0')
      links.add(`${target}:${id}`);
  };
  for (const [name, target] of Object.entries(linkFields[kind] ?? {})) add(target, fields[name]);
  if (kind === 'lead' || kind === 'deal' || kind === 'invoice') {
    for (const [name, target] of Object.entries(listFields)) for (const id of listOf(extra[name])) add(target, id);
  }
  if (kind === 'activity' || kind === 'requisite') add(textOf(fields['ownerKind']), fields['ownerObjectId']);
  if (kind === 'activity') {
    for (const binding of listOf(extra['BINDINGS'])) {
      if (typeof binding !== 'object' || binding === null || Array.isArray(binding)) continue;
      add(kindByTypeId[plainOf(binding['OWNER_TYPE_ID'])], binding['OWNER_ID']);
    }
  }
  if (kind === 'call') add(textOf(fields['crmKind']), fields['crmObjectId']);
  if (kind === 'task') {
    for (const binding of listOf(fields['crmBindings'])) {
      const [, prefix, id] = /^([A-Z]{1,2})_(\d+)$/.exec(plainOf(binding)) ?? [];
      add(prefix && kindByBinding[prefix], id);
    }
  }
  return [...links];
}

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);
const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
const plainOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
