import type { EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue } from '@funnelwatch/kernel';

/** Version of what is derived; a later derivation of the same text is an event of its own. */
const DERIVATION = 1;

/**
 * What rules may know of a personal field without its text: length, whether it is only a placeholder, a portal's
 * default title, or whether a phone, e-mail or INN in it is valid. Null (the field was emptied) has length 0.
 */
export function deriveFacts(kind: EntityKind, id: string, field: string, value: JsonValue): JsonObject {
  const derived: JsonObject = { v: DERIVATION };
  if (field === 'phones' || field === 'emails') {
    const values = channelValues(value);
    derived['length'] = values.length;
    if (field === 'phones') derived['validPhone'] = values.some(isValidPhone);
    else derived['validEmail'] = values.some(isValidEmail);
    return derived;
  }
  if (value === null) return { ...derived, length: 0 };
  if (typeof value !== 'string') return { ...derived, length: JSON.stringify(value).length };
  derived['length'] = [...value.trim()].length;
  derived['isPlaceholder'] = isPlaceholder(value);
  if (field === 'title') derived['isDefaultTitle'] = isDefaultTitle(kind, id, value);
  if (field === 'phoneNumber') derived['validPhone'] = isValidPhone(value);
  if (field === 'email') derived['validEmail'] = isValidEmail(value);
  if (field === 'RQ_INN') derived['validInn'] = isValidInn(value);
  return derived;
}

function channelValues(value: JsonValue): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const text = typeof item === 'object' && item !== null && !Array.isArray(item) ? item['value'] : item;
    return typeof text === 'string' ? [text] : [];
  });
}

const PLACEHOLDERS = new Set(
  [
    'тест',
    'test',
    'тестовый',
    'тестовая',
    'нет',
    'no',
    'none',
    'null',
    'n/a',
    'na',
    'н/д',
    'asdf',
    'qwerty',
    'йцукен',
  ].concat(['фыва', 'без имени', 'без названия', 'noname', 'имя', 'name', 'клиент', 'неизвестно', 'unknown', 'xxx']),
);

const LONGEST_PLACEHOLDER = 60;

/** "-", "0", "тест", one letter over and over: typed to get past a required field. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_PLACEHOLDER) return false;
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || PLACEHOLDERS.has(trimmed)) return true;
  const letters = trimmed.replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' || /^0+$/.test(letters) || (letters.length >= 2 && new Set(letters).size === 1);
}

const DEFAULT_TITLES: Partial<Record<EntityKind, RegExp>> = {
  deal: /^(сделка|deal)\s*(#|№)?\s*(\d*)$/iu,
  lead: /^(лид|lead)\s*(#|№)?\s*(\d*)$/iu,
  invoice: /^(сч[её]т|invoice)\s*(#|№)?\s*(\d*)$/iu,
  contact: /^(контакт|contact)\s*(#|№)?\s*(\d*)$/iu,
  company: /^(компания|company)\s*(#|№)?\s*(\d*)$/iu,
};

/** The title a portal gives by itself: "Сделка #410" for deal 410. */
export function isDefaultTitle(kind: EntityKind, id: string, title: string): boolean {
  const match = DEFAULT_TITLES[kind]?.exec(title.trim());
  return match !== undefined && match !== null && (match[3] === '' || match[3] === id);
}

/** Ten to fifteen digits after normalisation, Russian numbers eleven; not one digit repeated. */
export function isValidPhone(text: string): boolean {
  if (/[^\d\s()+\-.,;/#*xдобext]/iu.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 10 || digits.length > 15) return false;
  const national = digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits;
  return new Set(national).size > 2;
}

export function isValidEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@"<>()]{1,64}@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u.test(text.trim())
  );
}

const INN_WEIGHTS_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_WEIGHTS_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_WEIGHTS_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** Check digits of a Russian tax number: 10 digits for companies, 12 for people. */
export function isValidInn(text: string): boolean {
  const digits = text.trim();
  if (!/^(\d{10}|\d{12})$/.test(digits) || /^0+$/.test(digits)) return false;
  const check = (weights: number[]): number =>
    (weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11) % 10;
  if (digits.length === 10) return check(INN_WEIGHTS_10) === Number(digits[9]);
  return check(INN_WEIGHTS_11) === Number(digits[10]) && check(INN_WEIGHTS_12) === Number(digits[11]);
}
