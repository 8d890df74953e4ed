import type { JsonValue } from '@funnelwatch/kernel';
import { type FieldMap, field, personal } from './field-map.js';
import { codeOf, flagOf, idOf, textOf, timeOf } from './scalars.js';

/** Contact channels of classic methods, `[{ID, VALUE_TYPE, VALUE, TYPE_ID}]` → `[{value, type}]`. */
function channelsOf(value: unknown): JsonValue {
  if (!Array.isArray(value)) return null;
  const channels = value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const { VALUE, VALUE_TYPE, ID } = item as Record<string, unknown>;
    return typeof VALUE === 'string' && VALUE !== '' ? [{ id: idOf(ID), value: VALUE, type: codeOf(VALUE_TYPE) }] : [];
  });
  return channels.length === 0 ? null : channels;
}

export const channelFields: FieldMap = {
  PHONE: personal('phones', channelsOf),
  EMAIL: personal('emails', channelsOf),
  WEB: personal('webs', channelsOf),
  IM: personal('ims', channelsOf),
  LINK: personal('links', channelsOf),
  HAS_PHONE: field('hasPhone', flagOf),
  HAS_EMAIL: field('hasEmail', flagOf),
  HAS_IMOL: field('hasOpenLine', flagOf),
};

export const addressFields: FieldMap = {
  ADDRESS: personal('address'),
  ADDRESS_2: personal('address2'),
  ADDRESS_CITY: personal('addressCity'),
  ADDRESS_POSTAL_CODE: personal('addressPostalCode'),
  ADDRESS_REGION: personal('addressRegion'),
  ADDRESS_PROVINCE: personal('addressProvince'),
  ADDRESS_COUNTRY: personal('addressCountry'),
  ADDRESS_COUNTRY_CODE: personal('addressCountryCode'),
  ADDRESS_LOC_ADDR_ID: personal('addressLocationId', idOf),
};

/** What every classic CRM object carries about its origin and life. */
export const originFields: FieldMap = {
  CREATED_BY_ID: field('createdBy', idOf),
  MODIFY_BY_ID: field('modifiedBy', idOf),
  DATE_CREATE: field('createdAt', timeOf),
  DATE_MODIFY: field('modifiedAt', timeOf),
  ASSIGNED_BY_ID: field('ownerId', idOf),
  OPENED: field('opened', flagOf),
  ORIGINATOR_ID: field('originatorId', codeOf),
  ORIGIN_ID: field('originId', codeOf),
  UTM_SOURCE: field('utmSource', textOf),
  UTM_MEDIUM: field('utmMedium', textOf),
  UTM_CAMPAIGN: field('utmCampaign', textOf),
  UTM_CONTENT: field('utmContent', textOf),
  UTM_TERM: field('utmTerm', textOf),
  LAST_ACTIVITY_TIME: field('lastActivityAt', timeOf),
  LAST_ACTIVITY_BY: field('lastActivityBy', idOf),
};

const KIND_BY_TYPE_ID: Readonly<Record<string, string>> = {
  '1': 'lead',
  '2': 'deal',
  '3': 'contact',
  '4': 'company',
  '7': 'quote',
  '14': 'order',
  '31': 'invoice',
};

/** Kind of an entityTypeId; types without a name of ours read `type:<id>`. */
export function kindOfTypeId(value: unknown): string | null {
  const id = idOf(value);
  return id === null ? null : (KIND_BY_TYPE_ID[id] ?? `type:${id}`);
}

/** P, S or F; a portal that leaves it out means "in process". */
export function semanticsOf(value: unknown): 'P' | 'S' | 'F' {
  return value === 'S' || value === 'F' ? value : 'P';
}
