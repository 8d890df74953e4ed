import type { EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import { isDummyEmail, isValidEmail, isValidPhone } from './contact-channels.js';
import { isValidInn, isValidKpp, isValidOgrn, isValidOgrnip } from './russian-numbers.js';
import { isDefaultTitle, isPlaceholder, looksLikeCompany } from './wording.js';

/**
 * Version of what is derived: 2 counts valid phones and e-mails, judges KPP and OGRN, and knows names of companies and
 * more placeholders. A later derivation of the same text is an event of its own.
 */
const DERIVATION = 2;

/** Names of these are names of people. */
const people: ReadonlySet<EntityKind> = new Set(['contact', 'lead']);

const checks: Readonly<Record<string, [name: string, check: (text: string) => boolean]>> = {
  phoneNumber: ['validPhone', isValidPhone],
  RQ_INN: ['validInn', isValidInn],
  RQ_KPP: ['validKpp', isValidKpp],
  RQ_OGRN: ['validOgrn', isValidOgrn],
  RQ_OGRNIP: ['validOgrnip', isValidOgrnip],
};

/**
 * What rules may know of a personal field without its text: length, whether it is only a placeholder, a portal's
 * default title, the name of a company where a person's should be, or whether a phone, e-mail or number of a register in
 * it is valid. Null (the field was emptied) has length 0.
 */
export function deriveFacts(kind: EntityKind, id: string, field: string, value: JsonValue): JsonObject {
  const derived: JsonObject = { v: DERIVATION };
  if (field === 'phones') return { ...derived, ...phonesFacts(channelValues(value)) };
  if (field === 'emails') return { ...derived, ...emailsFacts(channelValues(value)) };
  if (value === null) return { ...derived, length: 0 };
  if (typeof value !== 'string') return { ...derived, length: JSON.stringify(value).length };
  derived['length'] = [...value.trim()].length;
  derived['isPlaceholder'] = isPlaceholder(value);
  if (field === 'title') derived['isDefaultTitle'] = isDefaultTitle(kind, id, value);
  if ((field === 'name' || field === 'lastName') && people.has(kind)) {
    derived['looksLikeCompany'] = looksLikeCompany(value);
  }
  if (field === 'email') {
    derived['validEmail'] = isValidEmail(value);
    derived['isDummy'] = isDummyEmail(value);
  }
  const check = checks[field];
  if (check) derived[check[0]] = check[1](value);
  return derived;
}

function phonesFacts(phones: string[]): JsonObject {
  const validCount = phones.filter(isValidPhone).length;
  return {
    length: phones.length,
    validPhone: validCount > 0,
    validCount,
    invalidCount: phones.length - validCount,
  };
}

function emailsFacts(emails: string[]): JsonObject {
  const validCount = emails.filter(isValidEmail).length;
  return {
    length: emails.length,
    validEmail: validCount > 0,
    validCount,
    invalidCount: emails.length - validCount,
    isDummy: emails.some(isDummyEmail),
  };
}

/** Texts of contact channels, `[{value, type}]`. */
export function channelValues(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const text = typeof item === 'object' && item !== null && !Array.isArray(item) ? item['value'] : item;
    return typeof text === 'string' ? [text] : [];
  });
}
