import type { RuleView } from '../api/schema.js';
import type { Language } from '../i18n/language.js';
import { foldText } from '../people/people-list.js';

/** Groups of rules by the letter of their ids; rules of a portal's own come last. */
const groupLetters = ['L', 'D', 'F', 'A', 'K', 'I', 'O'] as const;
export type RuleGroup = (typeof groupLetters)[number] | 'own';

/** What a rule does now; `waits` when a setting or feed that it needs is missing. */
export type RuleState = 'off' | 'draft' | 'shadow' | 'active' | 'broken' | 'waits' | 'unavailable';

/** The group a rule stands in. */
function groupOf({ ruleId, isOwn }: Pick<RuleView, 'ruleId' | 'isOwn'>): RuleGroup {
  if (isOwn) return 'own';
  return groupLetters.find((letter) => ruleId.startsWith(letter)) ?? 'own';
}

/** What a rule does now. */
export function stateOf({
  status,
  waitsFor,
  unavailable,
}: Pick<RuleView, 'status' | 'waitsFor' | 'unavailable'>): RuleState {
  if (unavailable !== null) return 'unavailable';
  if (status === 'off' || status === 'broken' || status === 'draft') return status;
  return waitsFor === null ? status : 'waits';
}

/** The parameter a rule waits for, or that it needs and does not have; null when there is none. */
export function missingSetting({ waitsFor, parameters }: Pick<RuleView, 'waitsFor' | 'parameters'>): string | null {
  if (waitsFor?.startsWith('setting:') === true) return waitsFor.slice('setting:'.length);
  return parameters.find(({ isRequired, value }) => isRequired && isEmpty(value))?.name ?? null;
}

/** Whether a parameter has no value. */
export function isEmpty(value: RuleView['parameters'][number]['value']): boolean {
  if (typeof value === 'number') return false;
  if (typeof value === 'string') return value === '';
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

/** Fewer verdicts say nothing about a rule. */
const FEW = 5;

/** How often a rule was right: 1 − false ÷ verdicts; null while there are too few. */
export function precisionOf({ falsePositives, verdicts }: RuleView['figures']): number | null {
  return verdicts < FEW ? null : 1 - falsePositives / verdicts;
}

/** Rules by group in the order of the letters, only those that hold every word looked for. */
export function groupRules(
  rules: readonly RuleView[],
  wanted: string,
  language: Language,
): { group: RuleGroup; rules: readonly RuleView[] }[] {
  const words = foldText(wanted).split(/\s+/u).filter(Boolean);
  const found = rules.filter(({ ruleId, title, clause }) => {
    const text = foldText(`${ruleId} ${title[language]} ${clause[language]}`);
    return words.every((word) => text.includes(word));
  });
  return ([...groupLetters, 'own'] as const)
    .map((group) => ({ group, rules: found.filter((rule) => groupOf(rule) === group) }))
    .filter((each) => each.rules.length > 0);
}
