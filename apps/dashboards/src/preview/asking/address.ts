import type { ShownField } from '@funnelwatch/dashboards/display';
import { ALL, type Choice } from './choices.js';
import type { Range } from './range.js';

/** What links of a dashboard are filled from. */
export interface LinkScope {
  choices: readonly Choice[];
  range: Range;
}

const chosenValues = ({ chosen }: Choice): readonly string[] => (chosen === 'all' ? [ALL] : chosen);

const pairsOf = (choice: Choice): [string, string][] =>
  chosenValues(choice).map((value) => [`var-${choice.name}`, value]);

/** The range and everything chosen as the query of an address, as Grafana writes it. */
export function addressOf({ choices, range }: LinkScope): string {
  const pairs = choices.filter(({ isHidden }) => !isHidden).flatMap(pairsOf);
  return new URLSearchParams([['from', `now-${range.name}`], ['to', 'now'], ...pairs]).toString();
}

/**
 * The address that a link of a dashboard leads to, with range, variables and the values of its row put in; null where
 * something is not known or the address is neither one of these pages nor of a web server.
 */
export function filledUrl(
  url: string,
  { choices, range }: LinkScope,
  row?: { fields: readonly ShownField[]; index: number },
): string | null {
  let isKnown = true;
  const valueOf = (expression: string): string | undefined => {
    if (expression === '__url_time_range') return `from=now-${range.name}&to=now`;
    const field = /^__data\.fields\.(\w+)$/.exec(expression)?.[1];
    if (field !== undefined) return fieldValue(row, field);
    const [name, format] = expression.split(':');
    const choice = choices.find((known) => known.name === name);
    if (!choice) return undefined;
    if (format === 'queryparam') return new URLSearchParams(pairsOf(choice)).toString();
    // The address of the console begins the link; everything else is a part of one.
    return choice.isHidden ? chosenValues(choice)[0] : encodeURIComponent(chosenValues(choice).join(','));
  };
  const filled = url.replace(/\$\{([^}]+)\}/g, (_, expression: string) => {
    const value = valueOf(expression);
    if (value === undefined) isKnown = false;
    return value ?? '';
  });
  return isKnown && /^(?:https?:\/\/|\/d\/)/.test(filled) ? filled : null;
}

function fieldValue(
  row: { fields: readonly ShownField[]; index: number } | undefined,
  name: string,
): string | undefined {
  const value = row?.fields.find((field) => field.name === name)?.values[row.index];
  return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : undefined;
}
