/** The portal that is selected, as a value the planner knows: what is no id of a portal selects none. */
const chosenPortal = `(substring((ARRAY[\${portal:sqlstring}]::text[])[1] FROM '^[0-9a-f-]{36}'))::uuid`;

/** Conditions that panels of one portal share; columns are those of the views of the schema `grafana`. */
export const of = {
  portal: (row = ''): string => `${row}portal_id = ${chosenPortal}`,
  pipeline: (row = ''): string => `${row}pipeline_id = (ARRAY[\${pipeline:sqlstring}]::text[])[1]`,
  /** All sellers are said by a star, so that the planner leaves out who is responsible. */
  seller: (column = 'seller_id'): string =>
    `('*' = ANY(ARRAY[\${seller:sqlstring}]::text[]) OR ${column} = ANY(ARRAY[\${seller:sqlstring}]::text[]))`,
  month: (row = ''): string => `${row}month = (ARRAY[\${month:sqlstring}]::text[])[1]`,
  /** The range of the dashboard, its end excluded as everywhere in the console. */
  range: (column: string): string => `${column} >= $__timeFrom()::timestamptz AND ${column} < $__timeTo()::timestamptz`,
};

/** The zone of the portal that is selected: days and weeks are the portal's. */
export const zone = `(SELECT portal.zone FROM grafana.portal portal WHERE ${of.portal('portal.')})`;

/** Start of the day, week or month of the portal that an instant lies in, as an instant. */
export const startOf = (unit: 'day' | 'week' | 'month', column: string): string =>
  `date_trunc('${unit}', ${column} AT TIME ZONE ${zone}) AT TIME ZONE ${zone}`;

/** Quarter of an hour that an instant lies in: zones differ by whole ones, so days are made of them for a fraction of the cost. */
export const quarterHour = (column: string): string => `date_bin('15 minutes', ${column}, timestamptz 'epoch')`;

const z = '1.959963984540054';

/** Bound of Wilson's 95 % interval of a share of integers; null without any. */
export const wilson = (bound: 'low' | 'high', hits: string, n: string): string => {
  const sign = bound === 'low' ? '-' : '+';
  const share = `(${hits})::float8 / nullif(${n}, 0)`;
  return `(${share} + ${z} ^ 2 / (2 * nullif(${n}, 0)) ${sign} ${z} * sqrt((${share} * (1 - ${share}) + ${z} ^ 2 / (4 * nullif(${n}, 0))) / nullif(${n}, 0))) / (1 + ${z} ^ 2 / nullif(${n}, 0))`;
};
