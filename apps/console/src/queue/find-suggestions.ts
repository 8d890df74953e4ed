import type { QueueSearch } from './queue-search.js';
import { foldText } from '../people/people-list.js';

/** What a search leads to: a change of the filter. */
export type Suggestion = { key: string; group: 'person' | 'rule' | 'record'; text: string; change: QueueSearch };

export type Searchable = {
  people: readonly { userId: string; name: string }[];
  rules: readonly { ruleId: string; text: string }[];
  /** Kinds of records with their name in the person's language. */
  kinds: readonly { kind: string; name: string }[];
};

const MOST = 6;

/** Filters that match what is typed: people and rules by their words, records by kind and number. */
export function suggestionsFor(wanted: string, { people, rules, kinds }: Searchable): Suggestion[] {
  const words = foldText(wanted).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (text: string) => words.every((word) => foldText(text).includes(word));
  const number = words.find((word) => /^\d{1,18}$/.test(word));
  const named = words.filter((word) => word !== number && word !== '№');
  const records =
    number === undefined
      ? []
      : kinds
          .filter(({ name }) => named.every((word) => foldText(name).startsWith(word)))
          .map(({ kind, name }): Suggestion => {
            const about = `${kind}:${number}`;
            return { key: about, group: 'record', text: `${name} ${number}`, change: { about } };
          });
  return [
    ...people
      .filter(({ name }) => holds(name))
      .slice(0, MOST)
      .map(({ userId, name }): Suggestion => {
        return { key: `person:${userId}`, group: 'person', text: name, change: { person: userId } };
      }),
    ...rules
      .filter(({ text }) => holds(text))
      .slice(0, MOST)
      .map(({ ruleId, text }): Suggestion => {
        return { key: `rule:${ruleId}`, group: 'rule', text, change: { rule: ruleId } };
      }),
    ...records.slice(0, MOST),
  ];
}
