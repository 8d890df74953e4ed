/** What docs/events.md says of texts, written anew: placeholders, default titles, phones, e-mails, names, numbers of firms. */

/** Words and numbers of a text without the signs between them. */
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const placeholders = new Set([
  ...['тест', 'test', 'тестовый', 'тестовая', 'нет', 'no', 'none', 'null', 'n a', 'na', 'н д', 'asdf', 'qwerty'],
  ...['йцукен', 'фыва', 'без имени', 'без названия', 'noname', 'no name', 'имя', 'name', 'фамилия', 'имя фамилия'],
  ...['фио', 'неизвестно', 'неизвестный', 'неизвестная', 'unknown', 'аноним', 'xxx', 'ххх', 'не указано'],
  ...['клиент', 'новый клиент', 'клиентка', 'client', 'customer', 'покупатель', 'заказчик', 'абонент', 'контакт'],
  ...['contact', 'лид', 'lead', 'заявка', 'новая заявка', 'человек', 'мужчина', 'женщина', 'девушка', 'парень'],
  ...['физлицо', 'физ лицо', 'физическое лицо', 'частное лицо', 'юрлицо', 'юр лицо', 'посетитель', 'гость', 'guest'],
]);
const LONGEST_PLACEHOLDER = 60;

export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_PLACEHOLDER) return false;
  const words = bare(text.toLowerCase());
  const unnumbered = words.replace(/ *\d+$/, '');
  if (words === '' || placeholders.has(unnumbered === '' ? words : unnumbered)) return true;
  const signs = [...words].filter((sign) => sign !== ' ');
  return signs.every((sign) => sign === '0') || (signs.length > 1 && signs.every((sign) => sign === signs[0]));
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

/** Equal for two titles of deals that are the same; null for what tells nothing. */
export function titleKey(id: string, title: string): string | null {
  if (isPlaceholder(title) || isDefaultTitle(id, title)) return null;
  return title.trim().toLowerCase().split(/\s+/).join(' ');
}

export function canBePhone(text: string): boolean {
  if (/[^\d\s()+\-.,;/#*xдобext]/iu.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 10 || digits.length > 15) return false;
  const hasCountry = digits.length === 11 && (digits.startsWith('7') || digits.startsWith('8'));
  return new Set(hasCountry ? digits.slice(1) : digits).size > 2;
}

/** Equal for two ways of writing one phone; null for what cannot be one. */
export function phoneKey(text: string): string | null {
  if (!canBePhone(text)) return null;
  const [beforeExtension = ''] = text.split(/[,;#*/xх]|доб|ext/iu);
  const digits = beforeExtension.replace(/\D/g, '');
  if (digits.length < 10) return text.replace(/\D/g, '');
  if (digits.length === 10) return text.trim().startsWith('+') ? digits : `7${digits}`;
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

export function canBeEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@"<>()]{1,64}@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u.test(text.trim())
  );
}

const emptyWords = new Set([
  ...['test', 'тест', 'mail', 'email', 'e-mail', 'no', 'net', 'нет', 'none', 'null', 'nomail', 'noemail', 'no-mail'],
  ...['no-email', 'netmail', 'netpochty', 'net-pochty', 'example', 'sample', 'qwe', 'qwerty', 'asd', 'asdf', 'zxc'],
  ...['user', 'name', 'client', 'klient', 'pochta', 'abc', 'xyz', 'фыва', 'йцукен', 'почта'],
]);
const providers = new Set([
  ...['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'yandex.ru', 'ya.ru', 'yandex.com', 'rambler.ru', 'gmail.com'],
  ...['hotmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'email.com', 'mail.com'],
]);

function isEmptyWord(word: string): boolean {
  if (emptyWords.has(word) || emptyWords.has(word.replace(/\d+$/, ''))) return true;
  return [...word].every((sign) => sign === word[0]) || '1234567890'.startsWith(word);
}

/** test@test.ru, no@mail.ru, a@example.com: typed to get past a required field. */
export function isDummyEmail(text: string): boolean {
  const [local = '', domain = ''] = text.trim().toLowerCase().split('@');
  if (local === '' || domain === '') return false;
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  if (['test', 'example', 'invalid', 'localhost', 'local'].includes(last)) return true;
  if (labels.at(-2) === 'example' && ['com', 'net', 'org', 'ru'].includes(last)) return true;
  if (domain === 'mailinator.com') return true;
  if (labels.length === 2 && ['nomail', 'noemail', 'no-mail'].includes(labels[0] ?? '') && /^\p{L}+$/u.test(last))
    return true;
  if (labels.length === 2 && labels[0] === 'test' && ['ru', 'com', 'net', 'org'].includes(last)) return true;
  const owner = labels.slice(0, -1).join('.');
  return isEmptyWord(local) && (providers.has(domain) || local === owner || isEmptyWord(owner));
}

/** Equal for two ways of writing one address; null for what cannot be one and for a dummy. */
function emailKey(text: string): string | null {
  return canBeEmail(text) && !isDummyEmail(text) ? text.trim().toLowerCase() : null;
}

/** Phones and e-mails by which two records are told to be of one person. */
export function channelKeys(record: { phones: string[]; emails: string[] }): string[] {
  return [...record.phones.map(phoneKey), ...record.emails.map(emailKey)].filter((key) => key !== null);
}

const longForms = [
  ...['общество с ограниченной ответственностью', 'публичное акционерное общество', 'непубличное акционерное общество'],
  ...['открытое акционерное общество', 'закрытое акционерное общество', 'акционерное общество'],
  'индивидуальный предприниматель',
];
const shortForms = [
  ...['ооо', 'оао', 'зао', 'пао', 'нао', 'гуп', 'муп', 'фгуп', 'фгбу', 'гбу', 'мбу', 'ано', 'нко', 'тоо', 'одо', 'чуп'],
  ...['ooo', 'zao', 'oao', 'pao', 'llc', 'l\\.l\\.c\\.?', 'ltd', 'limited', 'inc', 'corp', 'gmbh', 'plc'],
];
const twoLetters = ['ао', 'ип', 'чп', 'тд', 'ao', 'ip', 'ag', 'co'];
const standingAlone = (words: string[], flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, flags);
const anyForm = standingAlone([...longForms, ...shortForms, ...twoLetters], 'giu');

/** A company's name without its legal form, signs and capitals, with its city; null when nothing is left of the name. */
export function companyKey(id: string, name: string, city: string): string | null {
  const isDefault = /^(?:компания|company)\s*[#№]?\s*(\d*)$/iu.exec(name.trim());
  if (isPlaceholder(name) || (isDefault && (isDefault[1] === '' || isDefault[1] === id))) return null;
  const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
  const own = bare(plain(name).replace(anyForm, ' '));
  if (own === '' || isPlaceholder(own)) return null;
  return `${own} in ${bare(plain(city)).replace(/^(г|гор|город) /, '')}`;
}

const firms = [
  standingAlone([...longForms, ...shortForms], 'iu'),
  standingAlone(
    ['компания', 'компании', 'фирма', 'фирмы', 'организация', 'предприятие', 'корпорация', 'холдинг'],
    'iu',
  ),
  standingAlone(['торговый дом', 'company', 'corporation', 'holding', 'firm'], 'iu'),
  standingAlone(['АО', 'ИП', 'ЧП', 'ТД'], 'u'),
  /^\s*(?:ао|ип|чп|тд)(?:\s*[«"“„']|\s+\p{L})/iu,
];

/** A person's first or last name that is one of a company or a placeholder. */
export function isNobodysName(name: string | null): boolean {
  return name !== null && name.trim() !== '' && (isPlaceholder(name) || firms.some((words) => words.test(name)));
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

/** The tax office, its first four digits, is never 0000. */
export function isKpp(text: string): boolean {
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(text.trim()) && !text.trim().startsWith('0000');
}

/** The last digit is the last digit of the rest when what stands before it is divided by 11. */
export function isOgrn(text: string): boolean {
  const digits = text.trim();
  return /^[1-9]\d{12}$/.test(digits) && (BigInt(digits.slice(0, 12)) % 11n) % 10n === BigInt(digits[12] ?? 0);
}

export function isOgrnip(text: string): boolean {
  const digits = text.trim();
  return /^[1-9]\d{14}$/.test(digits) && (BigInt(digits.slice(0, 14)) % 13n) % 10n === BigInt(digits[14] ?? 0);
}
