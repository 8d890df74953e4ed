import type { PortalFields } from '../../script.js';
import type { ActivityFields, CardFields, CardKind, Direction, ProductRow } from './facts.js';

/** Reads the portal's scalars as a client of it would: an id of 0, an empty text and a "no" are nothing. */
export function idIn(value: unknown): string | null {
  const text = textIn(value);
  return text === null || text === '0' ? null : text;
}

export function textIn(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An instant, whether the script wrote it or the portal noted it. */
export function instantIn(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const text = textIn(value);
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

export function dateIn(value: unknown): string | null {
  const day = textIn(value)?.slice(0, 10);
  return day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

export function kopecksIn(value: unknown): number {
  const amount = Number(textIn(value) ?? 0);
  return Number.isFinite(amount) ? Math.round(amount * 100) : 0;
}

function userFieldIn(value: unknown): string | null {
  if (value === true || value === 'Y') return '1';
  const text = textIn(value);
  return text === '0' || text === 'N' || text === 'false' ? null : text;
}

/** `parentId2` → `PARENT_ID_2`: invoices are written under universal names. */
export function classicName(name: string): string {
  return /[a-z]/.test(name) ? name.replace(/([A-Z])|(\d+)$/g, '_$&').toUpperCase() : name;
}

/** The short names by which the portal binds product rows and tasks. */
export const shortNames: Readonly<Record<string, CardKind>> = {
  L: 'lead',
  D: 'deal',
  C: 'contact',
  CO: 'company',
  SI: 'invoice',
};

const kindsByTypeId: Readonly<Record<string, CardKind>> = {
  '1': 'lead',
  '2': 'deal',
  '3': 'contact',
  '4': 'company',
  '31': 'invoice',
};

/** `deal:12` of a type and an id; null for kinds that are no cards. */
export function cardKey(typeId: unknown, id: unknown): string | null {
  const kind = kindsByTypeId[textIn(typeId) ?? ''];
  const number = idIn(id);
  return kind === undefined || number === null ? null : `${kind}:${number}`;
}

export function cardFields(raw: PortalFields, phones: string[], emails: string[]): CardFields {
  const user: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(raw)) if (name.startsWith('UF_')) user[name] = userFieldIn(value);
  return {
    ownerId: idIn(raw['ASSIGNED_BY_ID']),
    title: textIn(raw['TITLE']),
    name: textIn(raw['NAME']),
    lastName: textIn(raw['LAST_NAME']),
    amountKopecks: kopecksIn(raw['OPPORTUNITY']),
    isAmountManual: raw['IS_MANUAL_OPPORTUNITY'] === 'Y',
    currency: textIn(raw['CURRENCY_ID']),
    contactId: idIn(raw['CONTACT_ID']),
    companyId: idIn(raw['COMPANY_ID']),
    leadId: idIn(raw['LEAD_ID']),
    dealId: idIn(raw['PARENT_ID_2']),
    quoteId: idIn(raw['QUOTE_ID']),
    myCompanyId: idIn(raw['MYCOMPANY_ID']),
    sourceId: textIn(raw['SOURCE_ID']),
    origin: textIn(raw['ORIGINATOR_ID']) ?? textIn(raw['ORIGIN_ID']),
    comments: textIn(raw['COMMENTS']),
    statusDescription: textIn(raw['STATUS_DESCRIPTION']),
    closeDate: dateIn(raw['CLOSEDATE']),
    beginDate: dateIn(raw['BEGINDATE']),
    number: textIn(raw['ACCOUNT_NUMBER']),
    city: textIn(raw['ADDRESS_CITY']) ?? textIn(raw['REG_ADDRESS_CITY']),
    phones,
    emails,
    user,
  };
}

function directionIn(value: unknown): Direction {
  const direction = textIn(value);
  return direction === '1' ? 'incoming' : direction === '2' ? 'outgoing' : 'none';
}

const activityTypes: Readonly<Record<string, ActivityFields['what']>> = { '1': 'meeting', '2': 'call', '4': 'letter' };

/** A provider's own activity is a message when it has a direction, and otherwise a to-do. */
export function activityFields(raw: PortalFields): ActivityFields {
  const type = textIn(raw['TYPE_ID']) ?? '';
  const direction = directionIn(raw['DIRECTION']);
  const ofProvider = type === '6' ? (direction === 'none' ? 'to-do' : 'message') : 'other';
  const isDone = raw['COMPLETED'] === 'Y' || raw['COMPLETED'] === true;
  const owner = cardKey(raw['OWNER_TYPE_ID'], raw['OWNER_ID']);
  return {
    what: activityTypes[type] ?? ofProvider,
    direction,
    isDone,
    isClosedByPortal: isDone && textIn(raw['STATUS']) === '3',
    responsibleId: idIn(raw['RESPONSIBLE_ID']),
    editorId: idIn(raw['EDITOR_ID']),
    owner,
    boundTo: owner === null ? [] : [owner],
    startAt: instantIn(raw['START_TIME']),
    endAt: instantIn(raw['END_TIME']),
    deadline: instantIn(raw['DEADLINE']),
    fileCount: Array.isArray(raw['FILES']) ? raw['FILES'].length : 0,
    description: textIn(raw['DESCRIPTION']),
  };
}

export function productRows(rows: PortalFields[]): ProductRow[] {
  return rows.map((row) => ({
    productId: idIn(row['PRODUCT_ID']),
    priceKopecks: kopecksIn(row['PRICE']),
    quantity: Number(row['QUANTITY'] ?? 1),
    discountPercent: Number(row['DISCOUNT_RATE'] ?? 0),
  }));
}

/** What the portal writes for the doer of an operation; automation has no id. */
export function doerIn(by: string): string {
  if (by === 'robot') return '0';
  return by === 'import' ? '1' : by;
}
