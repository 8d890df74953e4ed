import type { ParameterValue, RuleParameter, RuleView } from '../api/schema.js';

/** A parameter as it is being written: everything as text until it is saved. */
export type ParameterDraft =
  | { type: 'text'; text: string }
  | { type: 'list'; list: readonly string[] }
  | { type: 'map'; rows: readonly { key: string; text: string }[] }
  | { type: 'lists'; rows: readonly { key: string; list: readonly string[] }[] };

const textOf = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : '';
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** What is written in a form for a value. */
export function draftOf(type: RuleParameter['type'], value: ParameterValue): ParameterDraft {
  switch (type) {
    case 'number':
    case 'text':
      return { type: 'text', text: textOf(value) };
    case 'list':
      return { type: 'list', list: listOf(value) };
    case 'map':
      return { type: 'map', rows: entriesOf(value).map(([key, each]) => ({ key, text: textOf(each) })) };
    case 'lists':
      return { type: 'lists', rows: entriesOf(value).map(([key, each]) => ({ key, list: listOf(each) })) };
  }
}

const NUMBER = /^-?\d+([.,]\d+)?$/;
const numberOf = (text: string): number => Number(text.trim().replace(',', '.'));

/** The value that is written; null where it is none, such as a number with letters or a key that stands twice. */
export function valueOf(type: RuleParameter['type'], draft: ParameterDraft): ParameterValue | null {
  switch (draft.type) {
    case 'text':
      if (type !== 'number') return draft.text.trim();
      return NUMBER.test(draft.text.trim()) ? numberOf(draft.text) : null;
    case 'list':
      return [...draft.list];
    case 'map': {
      const rows = draft.rows.filter(({ key, text }) => key.trim() !== '' || text.trim() !== '');
      if (rows.some(({ key, text }) => key.trim() === '' || text.trim() === '')) return null;
      return unique(rows.map(({ key, text }) => [key.trim(), NUMBER.test(text.trim()) ? numberOf(text) : text.trim()]));
    }
    case 'lists': {
      const rows = draft.rows.filter(({ key, list }) => key.trim() !== '' || list.length > 0);
      if (rows.some(({ key, list }) => key.trim() === '' || list.length === 0)) return null;
      return unique(rows.map(({ key, list }) => [key.trim(), [...list]]));
    }
  }
}

function unique<Value>(rows: readonly (readonly [string, Value])[]): Record<string, Value> | null {
  return new Set(rows.map(([key]) => key)).size === rows.length ? Object.fromEntries(rows) : null;
}

/** Whether two values say the same. */
export function isSame(left: ParameterValue, right: ParameterValue): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What is sent: only what differs from the defaults, which may change with a later version of a rule. */
export function changedOnly(
  parameters: readonly RuleParameter[],
  values: Readonly<Record<string, ParameterValue>>,
): Record<string, ParameterValue> {
  const sent: Record<string, ParameterValue> = {};
  for (const { name, default: usual } of parameters) {
    const value = values[name];
    if (value !== undefined && !isSame(value, usual)) sent[name] = value;
  }
  return sent;
}

/** What the portal has set of the parameters of a rule. */
export const setValues = (rule: Pick<RuleView, 'parameters'>): Record<string, ParameterValue> =>
  Object.fromEntries(rule.parameters.flatMap(({ name, value, isSet }) => (isSet ? [[name, value]] : [])));

/** Values of parameters that a draft has, too: others would be refused with it. */
export function fittingValues(
  values: Readonly<Record<string, ParameterValue>>,
  draft: Readonly<Record<string, unknown>>,
): Record<string, ParameterValue> {
  const declared = Object.keys(Object(draft['parameters']) as object);
  return Object.fromEntries(Object.entries(values).filter(([name]) => declared.includes(name)));
}
