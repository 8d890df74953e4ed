import type { LanguageWord, RuleLanguage } from '../language/read-language-page.js';

/** What there is to ask about where a condition stands. */
export type Surroundings = {
  /** Kinds of subjects of the rule. */
  on: readonly string[];
  /** Facts at which it fires; null for a rule about a state. */
  facts: readonly string[] | null;
  parameters: readonly string[];
};

export type OfferedWord = {
  name: string;
  kind: 'field' | 'function' | 'variable' | 'constant';
  type: string;
  says: string;
};

/** Words that may stand after what was written before, and where the one that is being written begins. */
export function wordsAfter(
  before: string,
  around: Surroundings,
  language: RuleLanguage,
): { from: number; words: readonly OfferedWord[] } | null {
  if (isInText(before)) return null;
  const [, subject, written = ''] = /(?:\b([A-Za-z_]\w*)\s*\.\s*)?([A-Za-z_]\w*)?$/.exec(before) ?? [];
  const from = before.length - written.length;
  if (/\d$/.test(before.slice(0, from))) return null;
  if (subject === undefined)
    return { from, words: [...variablesOf(around, language), ...functionsOf('', around, language)] };
  const words = membersOf(subject, around, language);
  return words.length === 0 ? null : { from, words };
}

/** Whether the end of an expression stands inside quotes. */
const isInText = (before: string): boolean =>
  /["']/.test(before.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, ''));

const field = ({ name, type, says }: LanguageWord): OfferedWord => ({ name, kind: 'field', type, says });

function membersOf(subject: string, around: Surroundings, language: RuleLanguage): OfferedWord[] {
  if (subject === 'params') {
    return around.parameters.map((name) => ({ name, kind: 'field', type: '', says: '' }));
  }
  if (subject === 'calendar') return functionsOf('Calendar', around, language);
  if (subject === 'fact') return around.facts === null ? [] : factFields(around.facts, language);
  const receivers = Object.keys(language.receivers).filter((type) => type !== 'Calendar');
  const views = language.views.filter(({ kinds }) => kinds.some((kind) => around.on.includes(kind)));
  const [view] = views;
  if (view?.variable !== subject && !(subject === 'portal' && around.on.includes('portal'))) return [];
  // What all subjects have: a rule is read for each of them.
  const fields = (view?.fields ?? []).filter(({ name }) =>
    views.every((other) => other.fields.some((each) => each.name === name)),
  );
  return [
    ...fields.map(field),
    ...receivers.flatMap((receiver) => functionsOf(receiver, around, language)).filter(isFirst),
  ];
}

const isFirst = ({ name }: OfferedWord, at: number, all: readonly OfferedWord[]): boolean =>
  all.findIndex((each) => each.name === name) === at;

function factFields(facts: readonly string[], language: RuleLanguage): OfferedWord[] {
  const special = new Set(language.facts.flatMap(({ fields }) => fields));
  const told = language.facts.filter(({ name }) => facts.includes(name));
  return language.factFields
    .filter(({ name }) => !special.has(name) || told.some(({ fields }) => fields.includes(name)))
    .map(field);
}

/** Functions on a type, where every subject is of one that has them; those that stand alone for an empty type. */
function functionsOf(receiver: string, { on }: Surroundings, { functions, receivers }: RuleLanguage): OfferedWord[] {
  const named = (name: string, of: string) =>
    functions.some((each) => each.name === name && (receivers[each.receiver] ?? []).includes(of));
  return functions
    .filter((each) => each.receiver === receiver && (receiver === '' || on.every((kind) => named(each.name, kind))))
    .map(({ name, type, says }) => ({ name, kind: 'function' as const, type, says }));
}

function variablesOf({ on, facts, parameters }: Surroundings, language: RuleLanguage): OfferedWord[] {
  const subjects = new Set(
    language.views.filter(({ kinds }) => kinds.some((kind) => on.includes(kind))).map(({ variable }) => variable),
  );
  if (on.includes('portal')) subjects.add('portal');
  const names = [
    ...subjects,
    ...(facts === null ? [] : ['fact']),
    ...(parameters.length === 0 ? [] : ['params']),
    'calendar',
  ];
  return [
    ...names.map((name) => ({ name, kind: 'variable' as const, type: '', says: '' })),
    ...language.builtIns.map((name) => ({ name, kind: 'function' as const, type: 'CEL', says: '' })),
    ...['true', 'false', 'in'].map((name) => ({ name, kind: 'constant' as const, type: '', says: '' })),
  ];
}
