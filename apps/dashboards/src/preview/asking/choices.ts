import {
  expandMacros,
  interpolate,
  type DefinedDashboard,
  queriesOfDashboard,
  type Selection,
  type Selections,
} from '@funnelwatch/dashboards';
import { type VariableModel, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ReadModels } from '../read-models.js';
import type { Range } from './range.js';

/** How an address says All, as Grafana does. */
export const ALL = '$__all';

interface Option {
  value: string;
  text: string;
}

/** A variable of a dashboard, what can be chosen of it, and what is. */
export interface Choice {
  name: string;
  label: string;
  isHidden: boolean;
  isMulti: boolean;
  includesAll: boolean;
  options: readonly Option[];
  chosen: readonly string[] | 'all';
  /** What All stands for in SQL; every option unless given. */
  allValue?: string;
}

interface Asked {
  readModels: ReadModels;
  dashboard: DefinedDashboard;
  address: URLSearchParams;
  range: Range;
  /** Where links into the console lead; what the dashboard says unless given. */
  consoleUrl: string | null;
}

/**
 * What an address chooses of the variables of a dashboard (`var-portal=…`). What is not among the options counts as not said,
 * and then All is chosen where there is it, else the first option. Rejects with what PostgreSQL says.
 */
export async function choicesOf(asked: Asked): Promise<Choice[]> {
  const choices: Choice[] = [];
  for (const model of asked.dashboard.json.templating.list ?? []) {
    choices.push(
      model.type === VariableType.Query
        ? await queriedChoice(asked, model, selectionsOf(choices))
        : constantChoice(asked, model),
    );
  }
  return choices;
}

/** What is chosen, as queries take it. */
export const selectionsOf = (choices: readonly Choice[]): Selections =>
  Object.fromEntries(choices.map((choice) => [choice.name, selectionOf(choice)]));

function selectionOf({ chosen, isMulti, options, allValue }: Choice): Selection {
  if (chosen === 'all') return { all: options.map(({ value }) => value), ...(allValue !== undefined && { allValue }) };
  return isMulti ? { several: chosen } : { one: chosen[0] ?? '' };
}

function constantChoice({ consoleUrl }: Asked, { name, label, query }: VariableModel): Choice {
  const written = typeof query === 'string' ? query : '';
  const value = name === 'console' ? (consoleUrl ?? written) : written;
  const options = [{ value, text: value }];
  const isFixed = { isHidden: true, isMulti: false, includesAll: false };
  return { name, label: label ?? name, ...isFixed, options, chosen: [value] };
}

async function queriedChoice(asked: Asked, model: VariableModel, before: Selections): Promise<Choice> {
  const options = await optionsOf(asked, model, before);
  const includesAll = model.includeAll === true;
  return {
    name: model.name,
    label: model.label ?? model.name,
    isHidden: false,
    isMulti: model.multi === true,
    includesAll,
    options,
    chosen: chosenOf(asked.address.getAll(`var-${model.name}`), options, includesAll, model.multi === true),
    ...(model.allValue ? { allValue: model.allValue } : {}),
  };
}

function chosenOf(
  said: readonly string[],
  options: readonly Option[],
  includesAll: boolean,
  isMulti: boolean,
): Choice['chosen'] {
  const known = said.filter((value) => options.some((option) => option.value === value));
  if (includesAll && (said.includes(ALL) || known.length === 0)) return 'all';
  const [first = options[0]?.value] = known;
  if (isMulti && known.length > 0) return known;
  return first === undefined ? [] : [first];
}

async function optionsOf(
  { readModels, dashboard, range }: Asked,
  model: VariableModel,
  before: Selections,
): Promise<Option[]> {
  const query = queriesOfDashboard(dashboard.json).find(({ where }) => where === `${dashboard.uid} / $${model.name}`);
  if (query?.language !== 'sql') return [];
  const columns = await readModels.ask(expandMacros(interpolate(query.text, before), range));
  const values = columns.find(({ name }) => name === '__value')?.values ?? [];
  const texts = columns.find(({ name }) => name === '__text')?.values ?? [];
  return values.map((value, index) => ({ value: String(value), text: String(texts[index] ?? value) }));
}
