import { formatCount } from '../format/numbers.js';
import type { Language } from './language.js';

/** A text, or one text per plural category of the number `n`. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** Values for the `{name}` places of a message; `n` also picks the plural form. */
export type MessageValues = Readonly<Record<string, string | number>>;

const rules: Record<Language, Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
};

/** Fills a message: picks the plural form by `n`, then replaces `{name}` places; numbers get thin spaces. */
export function fillMessage(message: Message, language: Language, values: MessageValues = {}): string {
  let text: string;
  if (typeof message === 'string') {
    text = message;
  } else {
    const n = values.n;
    const category = typeof n === 'number' ? rules[language].select(n) : 'other';
    text = message[category] ?? message.other ?? message.many ?? '';
  }
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? formatCount(value) : value;
  });
}
