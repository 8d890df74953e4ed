import type { EntityKind } from '@funnelwatch/capture-contracts';

const PLACEHOLDERS = new Set(
  [
    ...['тест', 'test', 'тестовый', 'тестовая', 'нет', 'no', 'none', 'null', 'n/a', 'na', 'н/д', 'asdf', 'qwerty'],
    ...['йцукен', 'фыва', 'без имени', 'без названия', 'noname', 'no name', 'имя', 'name', 'фамилия', 'имя фамилия'],
    ...['фио', 'неизвестно', 'неизвестный', 'неизвестная', 'unknown', 'аноним', 'xxx', 'ххх', 'не указано'],
    ...['клиент', 'новый клиент', 'клиентка', 'client', 'customer', 'покупатель', 'заказчик', 'абонент', 'контакт'],
    ...['contact', 'лид', 'lead', 'заявка', 'новая заявка', 'человек', 'мужчина', 'женщина', 'девушка', 'парень'],
    ...['физлицо', 'физ лицо', 'физическое лицо', 'частное лицо', 'юрлицо', 'юр лицо', 'посетитель', 'гость', 'guest'],
  ].map(bareWords),
);

const LONGEST_PLACEHOLDER = 60;

/** "-", "0", "тест", "Клиент 2", one letter over and over: typed to get past a required field. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_PLACEHOLDER) return false;
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || PLACEHOLDERS.has(bareWords(trimmed))) return true;
  const letters = trimmed.replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' || /^0+$/.test(letters) || (letters.length >= 2 && new Set(letters).size === 1);
}

/** Words without signs between them and without the number that tells the second "клиент" from the first. */
function bareWords(text: string): string {
  const words = text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return words.replace(/ *\d+$/, '') || words;
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

const LONG_FORMS =
  'общество с ограниченной ответственностью|(публичное |непубличное |открытое |закрытое )?акционерное общество|' +
  'индивидуальный предприниматель';
const SHORT_FORMS =
  'ооо|оао|зао|пао|нао|гуп|муп|фгуп|фгбу|гбу|мбу|ано|нко|тоо|одо|чуп|ooo|zao|oao|pao|llc|l\\.l\\.c\\.?|ltd|limited|inc|corp|gmbh|plc';
/** Two letters that may also be somebody's name. */
const TWO_LETTER_FORMS = 'ао|ип|чп|тд|ao|ip|ag|co';
const wholeWord = (words: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(${words})(?![\\p{L}\\p{N}])`, flags);

const anyForm = wholeWord(`${LONG_FORMS}|${SHORT_FORMS}|${TWO_LETTER_FORMS}`, 'giu');

/**
 * The name of a company by which it is the same however it is written: without its legal form, quotes, signs and
 * capital letters. Null when nothing is left that would tell it from others.
 */
export function companyNameOf(title: string): string | null {
  const name = wordsOf(title.toLowerCase().replaceAll('ё', 'е').replace(anyForm, ' '));
  return name === '' || isPlaceholder(name) ? null : name;
}

/** A city in small letters, without the abbreviation before it; empty when it is not known. */
export function cityNameOf(city: string): string {
  return wordsOf(city.toLowerCase().replaceAll('ё', 'е')).replace(/^(г|гор|город) /, '');
}

const wordsOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const COMPANY_WORDS = [
  wholeWord(`${LONG_FORMS}|${SHORT_FORMS}`, 'iu'),
  wholeWord('компания|компании|фирма|фирмы|организация|предприятие|корпорация|холдинг|торговый дом', 'iu'),
  wholeWord('company|corporation|holding|firm', 'iu'),
  // In capitals, or before a name or quote: "АО", "ип Иванов", but not the name "Ип".
  wholeWord('АО|ИП|ЧП|ТД', 'u'),
  /^\s*(ао|ип|чп|тд)\s*[«"“„']|^\s*(ао|ип|чп|тд)\s+\p{L}/iu,
];

/** Whether what should be the name of a person is that of a company: "ООО Ромашка", "ип Иванов", "фирма «Свет»", "Acme LLC". */
export function looksLikeCompany(text: string): boolean {
  return COMPANY_WORDS.some((words) => words.test(text));
}
