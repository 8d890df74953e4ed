/** Every panel's queries in SQL, those of folded rows too. */
export function queriesOf({ panels = [] }) {
  const all = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  return all.flatMap(({ title, datasource, targets = [] }) =>
    targets
      .filter(({ rawSql }) => typeof rawSql === 'string')
      .map((target) => ({ title, target: { ...target, datasource: target.datasource ?? datasource } })),
  );
}

/** SQL has a variable in a way that it should not, or one that nothing is known of. */
export class UnknownVariable extends Error {}

/**
 * SQL with its variables replaced as Grafana replaces `${name:sqlstring}`.
 *
 * @param {Map<string, string[] | { raw: string }>} chosen Values by variable; `raw` goes in as it stands.
 * Throws `UnknownVariable` for a variable that nothing is chosen of, and for any other way of writing one.
 */
export function interpolated(sql, chosen) {
  return sql.replace(/\$\{(?!__)(\w+)([^}]*)\}/g, (text, name, form) => {
    const value = chosen.get(name);
    if (form !== ':sqlstring') throw new UnknownVariable(`${text} is no form in which SQL may have a variable`);
    if (value === undefined) throw new UnknownVariable(`nothing is known of the variable ${name}`);
    return Array.isArray(value) ? value.map(literal).join(',') : value.raw;
  });
}

/** Grafana doubles the quote, but puts a backslash before a double quote. */
const literal = (value) => `'${String(value).replaceAll("'", "''").replaceAll('"', '\\"')}'`;

/**
 * What stands chosen of a variable when somebody opens the dashboard: the portal that is asked about, all options where
 * that is how it begins, otherwise the first option.
 *
 * @param {{ name: string, type: string, query?: unknown, current?: { value?: unknown }, allValue?: string }} variable
 * @param {string[]} options Of a variable that asks the database.
 * @param {string} portal
 */
export function chosenOf(variable, options, portal) {
  if (variable.type !== 'query') return [String(variable.current?.value ?? variable.query ?? '')];
  if (variable.name === 'portal') return [portal];
  if ([variable.current?.value].flat().includes('$__all')) {
    return variable.allValue ? { raw: variable.allValue } : options;
  }
  return [options[0] ?? ''];
}

/** The body of `/api/ds/query` for one query over the range that its dashboard opens with. */
export const askedAs = (target, { from = 'now-24h', to = 'now' } = {}) => ({
  from,
  to,
  queries: [{ rawQuery: true, format: 'table', refId: 'A', intervalMs: 60_000, maxDataPoints: 1_000, ...target }],
});
