import { type VariableModel, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Selection, Selections } from '../../sql/interpolate.js';

/** A range of time under a name, with the width of a point that Grafana asks for over it. */
export interface NamedRange {
  name: string;
  from: Date;
  to: Date;
  intervalMs: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Ranges that queries have to stand: short, long, before there was anything, and over a change to summer time. */
export function rangesUntil(now: Date): NamedRange[] {
  const last = (name: string, length: number, intervalMs: number): NamedRange => ({
    name,
    from: new Date(now.getTime() - length),
    to: now,
    intervalMs,
  });
  const fixed = (name: string, from: string, to: string): NamedRange => ({
    name,
    from: new Date(from),
    to: new Date(to),
    intervalMs: 5 * 60_000,
  });
  return [
    last('1 h', HOUR, 60_000),
    last('24 h', DAY, 60_000),
    last('90 d', 90 * DAY, 2 * HOUR),
    fixed('before any data', '2001-01-01T00:00:00Z', '2001-01-02T00:00:00Z'),
    fixed('change of clocks', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z'),
  ];
}

/** What is chosen of all variables at once. */
const choices = ['one', 'two', 'all', 'quote', 'empty'] as const;
export type Choice = (typeof choices)[number];

/** A variable with the options it has on the database at hand. */
export interface KnownVariable {
  model: VariableModel;
  options: readonly string[];
}

const HARD_VALUE = `О'Нил "Звезда"; --`;

/**
 * What a choice means for a variable; undefined where it cannot be made: two of a variable that takes one, All where it is
 * not offered, nothing of a list that is written in the dashboard.
 */
export function selectionOf({ model, options }: KnownVariable, choice: Choice): Selection | undefined {
  const [first = 'nobody', second = 'nobody else'] = options;
  const chosen = (value: string): Selection => (model.multi ? { several: [value] } : { one: value });
  const isAsked = model.type === VariableType.Query;
  const isList = model.multi === true || model.includeAll === true;
  switch (choice) {
    case 'one':
      return chosen(first);
    case 'two':
      return model.multi ? { several: [first, second] } : undefined;
    case 'all':
      return model.includeAll ? { all: options, ...(model.allValue ? { allValue: model.allValue } : {}) } : undefined;
    case 'quote':
      return isAsked ? chosen(HARD_VALUE) : undefined;
    case 'empty':
      if (!isAsked) return undefined;
      return isList ? { several: [] } : { one: '' };
  }
}

/** Choices that make a difference to a query of these variables, each with what it selects. */
export function casesOf(variables: readonly KnownVariable[]): { choice: Choice; selections: Selections }[] {
  return choices.flatMap((choice) => {
    const makesDifference = choice === 'one' || variables.some((variable) => selectionOf(variable, choice));
    if (!makesDifference) return [];
    const chosen = variables.map((variable): [string, Selection] => [
      variable.model.name,
      selectionOf(variable, choice) ?? selectionOf(variable, 'one') ?? { one: '' },
    ]);
    return [{ choice, selections: Object.fromEntries(chosen) }];
  });
}
