import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  ConstantVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { READ_MODELS } from './datasources.js';
import { say } from './language.js';
import { dedent } from './queries.js';
import { selected } from './selected.js';

export type Variable = Builder<VariableModel>;

/** Where the console answers on the machine that runs it; an installation states its own address in its settings. */
const DEFAULT_CONSOLE_URL = 'http://127.0.0.1:4400';

interface QueryVariableSpec {
  label: string;
  /** One selection, or any number of them with All as the first. */
  selection: 'one' | 'many';
  /** What All stands for instead of every option: one fixed literal of SQL, as `'*'`. Grafana puts it in as it is. */
  allValue?: `'${string}'`;
  /** Columns "__value", which queries get, and "__text", which people see. Ids as values: a quote in one is never matched. */
  sql: string;
}

/**
 * A variable whose options are rows of the read models. All lists every option, or stands for the literal given, so that
 * `${name:sqlstring}` is a plain list of quoted values.
 */
export function queryVariable(name: string, { label, selection, allValue, sql }: QueryVariableSpec): Variable {
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .datasource({ ...READ_MODELS })
    .query(dedent(sql).trim())
    .refresh(VariableRefresh.OnTimeRangeChanged)
    // The order of the query means something.
    .sort(VariableSort.Disabled)
    .allowCustomValue(false);
  if (selection === 'one') return builder;
  builder
    .multi(true)
    .includeAll(true)
    .current({ text: ['All'], value: ['$__all'] });
  return allValue === undefined ? builder : builder.allValue(allValue);
}

const portalsSql = `
  SELECT key AS "__value", name AS "__text"
  FROM grafana.portal_key
  ORDER BY name, key
  LIMIT 5000`;

/** Variables that dashboards share. A variable reads the ones before it, so list them in this order. */
export const variable = {
  /** `portal`: one portal. */
  portal: (): Variable =>
    queryVariable('portal', { label: say('Portal', 'Портал'), selection: 'one', sql: portalsSql }),
  /** `portal`: any number of portals. */
  portals: (): Variable =>
    queryVariable('portal', { label: say('Portals', 'Порталы'), selection: 'many', sql: portalsSql }),
  /** `pipeline`: one pipeline of the portal; the default one of deals first, so that it is selected as in the console. */
  pipeline: (): Variable =>
    queryVariable('pipeline', {
      label: say('Pipeline', 'Воронка'),
      selection: 'one',
      sql: `
        SELECT pipeline_id AS "__value", min(name) AS "__text"
        FROM grafana.pipeline
        WHERE ${selected.portal()} AND NOT is_removed
        GROUP BY pipeline_id
        ORDER BY bool_or(is_default AND kind = 'deal') DESC, min(kind), bool_or(is_default) DESC, min(sort), pipeline_id
        LIMIT 500`,
    }),
  /** `seller`: any number of the portal's sellers, those who work there first. */
  sellers: (): Variable =>
    queryVariable('seller', {
      label: say('Sellers', 'Продавцы'),
      selection: 'many',
      // So that a question about everybody need not look up who is responsible.
      allValue: `'*'`,
      sql: `
        SELECT user_id AS "__value", coalesce(min(name), user_id) AS "__text"
        FROM grafana.seller
        WHERE ${selected.portal()}
        GROUP BY user_id
        ORDER BY bool_or(is_active) DESC, min(name), user_id
        LIMIT 5000`,
    }),
  /** `month`: one month that the portal has a plan for, the latest first. */
  month: (): Variable =>
    queryVariable('month', {
      label: say('Month', 'Месяц'),
      selection: 'one',
      sql: `
        SELECT DISTINCT month AS "__value", month AS "__text"
        FROM grafana.plan_month
        WHERE ${selected.portal()}
        ORDER BY month DESC
        LIMIT 120`,
    }),
};

/** `console`: the address that links into the console begin with. Hidden, and no address of a page can replace it. */
export const consoleVariable = (url: string = DEFAULT_CONSOLE_URL): Variable => ({
  build: () => ({
    ...new ConstantVariableBuilder('console').label(say('Console', 'Консоль')).value(url).build(),
    current: { text: url, value: url },
    hide: VariableHide.HideVariable,
    skipUrlSync: true,
  }),
});
