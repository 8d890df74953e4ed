import { say } from './language.js';

/**
 * Units that panels may use, by their ids in Grafana. An id that Grafana does not know is no error there: it prints as a
 * suffix (`256 bogus`), hence the closed list.
 */
export const UNITS = [
  'none',
  'short',
  'string',
  /** 0..1. */
  'percentunit',
  /** 0..100. */
  'percent',
  's',
  'ms',
  'h',
  'd',
  'dtdurations',
  /** `1 d 02:03:04`. */
  'dtdhms',
  'dateTimeAsIso',
  /** Milliseconds since 1970, shown as "5 minutes ago". */
  'dateTimeFromNow',
  'bytes',
  'reqps',
  'eps',
  'ops',
  'locale',
  'bool_yes_no',
  'currencyRUB',
  'currencyUSD',
  'currencyEUR',
] as const;

/** A unit of the list, or on purpose a suffix (`suffix: points`) or a date by its pattern (`time:YYYY-MM`). */
export type Unit = (typeof UNITS)[number] | `suffix:${string}` | `time:${string}`;

/** A time in seconds. Grafana writes its words in English alone; elsewhere it counts hours, minutes and seconds. */
export const duration = (): Unit => say('dtdurations', 'dtdhms') as Unit;
