import { createContext, useContext } from 'react';

/** The past moment a page is about; nothing set is now. */
export type Moment = {
  /** ISO 8601 UTC with milliseconds: what happened later is left out, by all we know now. */
  asOf?: string;
};

const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads the moment from an address's parameters; what is not valid is left out. */
export function readMoment(raw: Record<string, unknown>): Moment {
  const { asOf } = raw;
  if (typeof asOf !== 'string' || !INSTANT.test(asOf)) return {};
  const parsed = new Date(asOf);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === asOf ? { asOf } : {};
}

/** The moment part of a page's parameters: what is asked of the API, and what links carry on. */
export function momentOf({ asOf }: Moment): Moment {
  return asOf === undefined ? {} : { asOf };
}

/** Sets a page back to now. */
export const now = { asOf: undefined } satisfies Moment;

/** Whether a page is about the past. */
export function isPast(moment: Moment): boolean {
  return moment.asOf !== undefined;
}

/** What everything below shows: the present, unless the page is about a past moment. */
export const MomentContext = createContext<Moment>({});

/** The moment the page is about. */
export function useMoment(): Moment {
  return useContext(MomentContext);
}
