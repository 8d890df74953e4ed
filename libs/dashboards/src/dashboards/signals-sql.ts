import { type Signal, type SignalBounds, signals } from '@funnelwatch/reporting-contracts';

const bounded = Object.entries(signals) as [Signal, SignalBounds][];

/** Number of a signal in SQL by how it stands: 0 well, 1 a warning, 2 critical. `signal` and `value` are columns. */
export const standingSql = (signal: string, value: string): string => {
  const cases = (part: 'warnAt' | 'criticalAt') =>
    bounded.flatMap(([name, bounds]) =>
      bounds[part] === null ? [] : [`WHEN '${name}' THEN ${value} > ${bounds[part]}`],
    );
  return `CASE WHEN (CASE ${signal} ${cases('criticalAt').join(' ')} ELSE false END) THEN 2
             WHEN (CASE ${signal} ${cases('warnAt').join(' ')} ELSE false END) THEN 1 ELSE 0 END`;
};

const inSeconds = bounded.flatMap(([name, { unit }]) => (unit === 'seconds' ? [`'${name}'`] : [])).join(', ');

/** A signal that is a time, in whole seconds begun; null for any other. */
export const secondsSql = (signal: string, value: string): string =>
  `CASE WHEN ${signal} IN (${inSeconds}) THEN ceil(${value}) END`;

/** A signal that is no time; null for one that is. */
export const figureSql = (signal: string, value: string): string =>
  `CASE WHEN ${signal} NOT IN (${inSeconds}) THEN ${value} END`;
