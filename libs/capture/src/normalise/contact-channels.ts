const PHONE_SIGNS = /[^\d\s()+\-.,;/#*xдобext]/iu;
const EXTENSION = /[,;#*/xх]|доб|ext/iu;

/** Ten to fifteen digits after normalisation, Russian numbers eleven; not one digit repeated. */
export function isValidPhone(text: string): boolean {
  if (PHONE_SIGNS.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 10 || digits.length > 15) return false;
  const national = digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits;
  return new Set(national).size > 2;
}

/**
 * The digits by which a phone is the same however it is written: with the code of the country (7 for 8, and for the ten
 * digits of a number without any), without an extension. Null when it is no phone.
 */
export function phoneDigitsOf(text: string): string | null {
  if (!isValidPhone(text)) return null;
  const digits = (text.split(EXTENSION)[0] ?? '').replace(/\D/g, '');
  if (digits.length < 10) return text.replace(/\D/g, '');
  if (digits.length === 10 && !text.trim().startsWith('+')) return `7${digits}`;
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

export function isValidEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@"<>()]{1,64}@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u.test(text.trim())
  );
}

/** The address in small letters, null when it is none. */
export function emailAddressOf(text: string): string | null {
  return isValidEmail(text) ? text.trim().toLowerCase() : null;
}

/** What people type for "none", before the sign and as a domain. */
const DUMMY_WORDS = new Set([
  ...['test', 'тест', 'mail', 'email', 'e-mail', 'no', 'net', 'нет', 'none', 'null', 'nomail', 'noemail', 'no-mail'],
  ...['no-email', 'netmail', 'netpochty', 'net-pochty', 'example', 'sample', 'qwe', 'qwerty', 'asd', 'asdf', 'zxc'],
  ...['user', 'name', 'client', 'klient', 'pochta', 'abc', 'xyz', 'фыва', 'йцукен', 'почта'],
]);
/** Providers at which such a mailbox is nobody's in particular. */
const PROVIDERS = new Set([
  ...['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'yandex.ru', 'ya.ru', 'yandex.com', 'rambler.ru', 'gmail.com'],
  ...['hotmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'email.com', 'mail.com'],
]);
const RESERVED_DOMAIN = /(^|\.)(example\.(com|net|org|ru)|test|example|invalid|localhost|local)$/;
const NOT_OF_A_PERSON = /^(mailinator\.com|nomail\.\p{L}+|noemail\.\p{L}+|no-mail\.\p{L}+|test\.(ru|com|net|org))$/u;

/** A well-known address or domain that is typed to get past a required field: test@test.ru, no@no.ru, a@example.com. */
export function isDummyEmail(text: string): boolean {
  const [local = '', domain = ''] = text.trim().toLowerCase().split('@');
  if (local === '' || domain === '') return false;
  if (RESERVED_DOMAIN.test(domain) || NOT_OF_A_PERSON.test(domain)) return true;
  const owner = domain.slice(0, domain.lastIndexOf('.'));
  if (!isDummyWord(local)) return false;
  return PROVIDERS.has(domain) || local === owner || isDummyWord(owner);
}

/** A word for "none", one sign over and over, or digits in a row. */
function isDummyWord(word: string): boolean {
  const bare = word.replace(/\d+$/, '');
  return DUMMY_WORDS.has(word) || DUMMY_WORDS.has(bare) || /^(.)\1*$/u.test(word) || '1234567890'.startsWith(word);
}
