import { type Dashboard, type VariableModel, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import type pg from 'pg';
import { expandMacros } from '../../sql/expand-macros.js';
import { interpolate, type Selections } from '../../sql/interpolate.js';
import { queriesOfDashboard } from '../../sql/queries-of.js';
import type { KnownVariable, NamedRange } from './matrix.js';
import { selectionOf } from './matrix.js';
import { sendQuery } from './sent-query.js';

/** The variables of a dashboard with the options that the database gives over the longest range. */
export async function knownVariables(
  client: pg.Client,
  dashboard: Dashboard,
  ranges: readonly NamedRange[],
): Promise<KnownVariable[]> {
  const longest = ranges.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
  const queries = queriesOfDashboard(dashboard).filter((query) => query.kind === 'variable');
  const known: KnownVariable[] = [];
  for (const model of dashboard.templating.list ?? []) {
    const query = queries.find((candidate) => candidate.where.endsWith(`/ $${model.name}`));
    const options =
      query?.language === 'sql'
        ? await optionsOf(client, query.text, selectionsOf(known), longest)
        : writtenOptions(model);
    known.push({ model, options });
  }
  return known;
}

const lengthOf = (range: NamedRange): number => range.to.getTime() - range.from.getTime();

/** What a dashboard shows at first: All where it is offered, else the first option. */
const selectionsOf = (known: readonly KnownVariable[]): Selections =>
  Object.fromEntries(
    known.map((variable) => [
      variable.model.name,
      selectionOf(variable, 'all') ?? selectionOf(variable, 'one') ?? { one: '' },
    ]),
  );

/** None when the query fails: it is executed by itself, and fails there in words. */
async function optionsOf(client: pg.Client, sql: string, selections: Selections, range: NamedRange): Promise<string[]> {
  try {
    const { columns, rows } = await sendQuery(client, expandMacros(interpolate(sql, selections), range));
    const at = columns.findIndex((column) => column.name === '__value');
    return rows.flatMap((row) => row[at] ?? []);
  } catch {
    return [];
  }
}

/** Options that stand in the dashboard: a constant, or a list as `a, Label : b`. */
function writtenOptions(model: VariableModel): string[] {
  if (typeof model.query !== 'string') return [];
  if (model.type === VariableType.Constant || model.type === VariableType.Textbox) return [model.query];
  return model.query.split(',').map((option) => (option.split(' : ').at(-1) ?? '').trim());
}
