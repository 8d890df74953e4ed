/** What docs/rules.md calls empty, a placeholder, a phone, an e-mail, a name of a company, a number of a firm. */

const placeholders = new Set([
  ...['тест', 'test', 'тестовый', 'тестовая', 'нет', 'no', 'none', 'null', 'n/a', 'na', 'н/д', 'asdf', 'qwerty'],
  ...['йцукен', 'фыва', 'без имени', 'без названия', 'noname', 'имя', 'name', 'клиент', 'неизвестно', 'unknown', 'xxx'],
]);
const LONGEST_PLACEHOLDER = 60;

export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_PLACEHOLDER) return false;
  const lowered = text.trim().toLowerCase();
  if (lowered === '' || placeholders.has(lowered)) return true;
  const signs = [...lowered].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  if (signs.length === 0 || signs.every((sign) => sign === '0')) return true;
  return signs.length > 1 && signs.every((sign) => sign === signs[0]);
}

/** Letters and signs of a text without the spaces around it. */
export function lengthOf(text: string | null): number {
  return text === null ? 0 : [...text.trim()].length;
}

/** "Сделка #12" for deal 12, or without a number. */
export function isDefaultTitle(id: string, title: string): boolean {
  const match = /^(?:сделка|deal)\s*[#№]?\s*(\d*)$/iu.exec(title.trim());
  return match !== null && (match[1] === '' || match[1] === id);
}

export function canBePhone(text: string): boolean {
  if (/[^\d\s()+\-.,;/#*xдобext]/iu.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 10 || digits.length > 15) return false;
  const national =
    digits.length === 11 && (digits.startsWith('7') || digits.startsWith('8')) ? digits.slice(1) : digits;
  return new Set(national).size > 2;
}

/** Equal for two ways of writing one phone; null for what cannot be one. */
export function phoneKey(text: string): string | null {
  if (!canBePhone(text)) return null;
  const digits = text.replace(/\D/g, '');
  if (digits.length === 10) return `7${digits}`;
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

export function canBeEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@"<>()]{1,64}@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u.test(text.trim())
  );
}

export function isDummyEmail(text: string): boolean {
  return isPlaceholder(text.trim().split('@')[0] ?? '');
}

/** Equal for two ways of writing one address; null for what cannot be one and for a dummy. */
function emailKey(text: string): string | null {
  return canBeEmail(text) && !isDummyEmail(text) ? text.trim().toLowerCase() : null;
}

/** Phones and e-mails by which two records are told to be of one person. */
export function channelKeys(record: { phones: string[]; emails: string[] }): string[] {
  return [...record.phones.map(phoneKey), ...record.emails.map(emailKey)].filter((key) => key !== null);
}

const legalForm = /(^|[\s"«»„“”'(])(ооо|оао|зао|пао|ао|ип|нко|ано|гуп|муп|тоо|llc|ltd|inc|gmbh)(?=$|[\s"«»„“”').,])/giu;
const nobodies = new Set([
  ...['клиент', 'покупатель', 'заказчик', 'контакт', 'директор', 'менеджер', 'бухгалтер', 'секретарь', 'снабжение'],
  ...['отдел продаж', 'отдел снабжения', 'бухгалтерия', 'приёмная', 'приемная', 'физлицо', 'частное лицо'],
]);

/** A person's name that is one of a company, a dictionary word or a placeholder. */
export function isNobodysName(name: string): boolean {
  const lowered = name.trim().toLowerCase();
  return nobodies.has(lowered) || isPlaceholder(lowered) || /[«»"„“”]/.test(name) || lowered.search(legalForm) >= 0;
}

/** A company's name without its legal form and quotation marks. */
export function companyKey(name: string): string {
  const stripped = name.toLowerCase().replace(legalForm, ' ');
  return stripped.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function controlDigit(digits: string, weights: readonly number[]): number {
  return (weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11) % 10;
}

const tenth = [2, 4, 10, 3, 5, 9, 4, 6, 8];

export function isInn(text: string): boolean {
  const digits = text.trim();
  if (!/^(\d{10}|\d{12})$/.test(digits) || /^0+$/.test(digits)) return false;
  if (digits.length === 10) return controlDigit(digits, tenth) === Number(digits[9]);
  const eleventh = controlDigit(digits, [7, ...tenth]);
  const twelfth = controlDigit(digits, [3, 7, ...tenth]);
  return eleventh === Number(digits[10]) && twelfth === Number(digits[11]);
}

export function isKpp(text: string): boolean {
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(text.trim());
}

/** The last digit is the last digit of the rest when what stands before it is divided by 11. */
export function isOgrn(text: string): boolean {
  const digits = text.trim();
  return /^\d{13}$/.test(digits) && (BigInt(digits.slice(0, 12)) % 11n) % 10n === BigInt(digits[12] ?? 0);
}

export function isOgrnip(text: string): boolean {
  const digits = text.trim();
  return /^\d{15}$/.test(digits) && (BigInt(digits.slice(0, 14)) % 13n) % 10n === BigInt(digits[14] ?? 0);
}
