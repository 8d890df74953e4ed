import type { ParameterDeclaration, ParameterValue, ParameterValues, RuleDraft } from '../rules/rule.js';
import type { Pack } from './pack.js';

export type Language = 'ru' | 'en';

const nothing: Record<Language, string> = { ru: 'не задано', en: 'not set' };

/** A parameter's value as a person reads it: `500 000`, `WEB, CALL`, `deal:0 – 5; deal:5 – 3`. */
function valueText(value: ParameterValue, language: Language): string {
  if (typeof value === 'number') return value.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB');
  if (typeof value === 'string') return value === '' ? nothing[language] : value;
  const texts = Array.isArray(value)
    ? value
    : Object.entries(value).map(([name, one]) => `${name} – ${valueText(one, language)}`);
  return texts.length === 0 ? nothing[language] : texts.join(Array.isArray(value) ? ', ' : '; ');
}

/** Names of the placeholders in a text. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{([a-z_]+)\}/g)].flatMap(([, name]) => name ?? []);

/** A text with its placeholders, `{minutes}`, filled in; what nobody gave a value stays as it is. */
function filledText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z_]+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

function valuesOf(
  rule: Pick<RuleDraft, 'parameters'>,
  values: ParameterValues,
  language: Language,
): Record<string, string> {
  const declarations = Object.entries(rule.parameters ?? {}) as [string, Pick<ParameterDeclaration, 'default'>][];
  return Object.fromEntries(
    declarations.map(([name, declaration]) => [name, valueText(values[name] ?? declaration.default, language)]),
  );
}

/** The clause of the working standard with the values of the parameters; defaults where none is given. */
export function clauseText(rule: RuleDraft, parameters: ParameterValues, language: Language): string {
  return filledText(rule.clause[language], valuesOf(rule, parameters, language));
}

/** What an employee is told of a case: `record` is how the record is called, "Лид № 12". */
export function feedbackText(rule: RuleDraft, parameters: ParameterValues, record: string, language: Language): string {
  return filledText(rule.feedback[language], { ...valuesOf(rule, parameters, language), record });
}

/** A rule as a page of the working standard lists it. */
export interface RuleInWords {
  id: string;
  title: string;
  clause: string;
  severity: RuleDraft['severity'];
  /** The fact that is missing, where the rule cannot be judged yet. */
  unavailable: string | null;
}

/** All rules of a pack in one language; `settings`: rule → values of its parameters. */
export function rulesOfPack(
  pack: Pack,
  settings: Readonly<Record<string, ParameterValues>>,
  language: Language,
): RuleInWords[] {
  return pack.rules.map((rule) => ({
    id: rule.id,
    title: rule.title[language],
    clause: clauseText(rule, settings[rule.id] ?? {}, language),
    severity: rule.severity,
    unavailable: rule.unavailable?.[language] ?? null,
  }));
}
