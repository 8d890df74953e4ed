import type { RuleFault } from '../../api/schema.js';
import { listAt, textAt, valueAt, withValue } from './rule-draft.js';
import type { RuleDraft } from './rule-draft.js';

const words = ['title', 'clause', 'feedback'].flatMap((field) => [`${field}.ru`, `${field}.en`]);
const lists = ['on', 'feedbackTo', 'feeds'];
const EMPTY = 'Too small: expected string to have >=1 characters';
const NONE = 'Too small: expected array to have >=1 items';
const ID = /^[A-Z][A-Z0-9]{1,15}$/;

/** What has not been filled in yet, in the API's own words. */
export function missingIn(draft: RuleDraft, takenIds: readonly string[]): RuleFault[] {
  const faults: RuleFault[] = [];
  const id = textAt(draft, 'id');
  if (!ID.test(id)) faults.push({ path: 'id', message: 'Invalid string: must match pattern /^[A-Z][A-Z0-9]{1,15}$/' });
  else if (takenIds.includes(id)) faults.push({ path: 'id', message: `There is a rule ${id} already.` });
  for (const path of [...words, 'when']) if (textAt(draft, path) === '') faults.push({ path, message: EMPTY });
  for (const path of lists) if (listAt(draft, path).length === 0) faults.push({ path, message: NONE });
  if (draft['kind'] === 'fact' && listAt(draft, 'facts').length === 0) faults.push({ path: 'facts', message: NONE });
  return faults;
}

/** Whether a fault only says that something is still to be filled in. */
export const isBlank = (draft: RuleDraft, { path, message }: RuleFault): boolean =>
  message === EMPTY || message === NONE || (path === 'id' && textAt(draft, 'id') === '');

/** The draft with something in every place that is empty, so that its conditions can be checked meanwhile. */
export function checkable(draft: RuleDraft): RuleDraft {
  let filled = ID.test(textAt(draft, 'id')) ? draft : { ...draft, id: 'X1' };
  for (const path of words) if (textAt(filled, path) === '') filled = withValue(filled, path, '—');
  if (listAt(filled, 'feedbackTo').length === 0) filled = withValue(filled, 'feedbackTo', ['owner']);
  if (listAt(filled, 'feeds').length === 0) filled = withValue(filled, 'feeds', ['deals']);
  return filled;
}

/** Faults without those that are told already. */
export function joinFaults(first: readonly RuleFault[], second: readonly RuleFault[]): RuleFault[] {
  const told = new Set(first.map(({ path }) => path));
  return [...first, ...second.filter(({ path, message }) => !(told.has(path) && /^(Too small|Invalid)/.test(message)))];
}

/** Faults of one field: of `clocks` also those of its parts. */
export const faultsOf = (faults: readonly RuleFault[], path: string): RuleFault[] =>
  faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));

/** A stretch of a text. */
export type Span = { from: number; to: number };

/** The place of an expression that a fault is about, as far as it can be told; null without line and column. */
export function spanOf(source: string, { line, column, message }: RuleFault): Span | null {
  if (line === undefined || column === undefined) return null;
  const lines = source.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const start = Math.min(before + column - 1, source.length);
  // A function is told by where its subject begins: the word that is wrong stands further on.
  const word = /"([A-Za-z_]\w*)"/.exec(message)?.[1];
  const at = word === undefined ? -1 : source.slice(start).search(new RegExp(`\\b${word}\\b`));
  if (word !== undefined && at !== -1) return { from: start + at, to: start + at + word.length };
  const length = /^\w+/.exec(source.slice(start))?.[0].length ?? 1;
  return start >= source.length && source.length > 0
    ? { from: source.length - 1, to: source.length }
    : { from: start, to: Math.min(start + length, source.length) };
}

/** The draft with a suggestion in the place of what a fault is about. */
export function withSuggestion(draft: RuleDraft, fault: RuleFault, suggestion: string): RuleDraft {
  const source = valueAt(draft, fault.path);
  if (typeof source !== 'string') return draft;
  const span = spanOf(source, fault);
  const next = span === null ? suggestion : `${source.slice(0, span.from)}${suggestion}${source.slice(span.to)}`;
  return withValue(draft, fault.path, next);
}
