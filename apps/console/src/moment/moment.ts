import { createContext, useContext } from 'react';

/** The past a page is about; nothing set is now, by all that is known. The two may be combined. */
export type Moment = {
  /** ISO 8601 UTC with milliseconds: what happened later is left out. */
  asOf?: string;
  /** `bucket:position` of the log: what became known later is left out. */
  asAt?: string;
};

const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const POSITION = /^\d{1,3}:\d{1,15}$/;

/** Reads the moment from an address's parameters; what is not valid is left out. */
export function readMoment({ asOf, asAt }: Record<string, unknown>): Moment {
  return {
    ...(isInstant(asOf) && { asOf }),
    ...(typeof asAt === 'string' && POSITION.test(asAt) && { asAt }),
  };
}

function isInstant(text: unknown): text is string {
  if (typeof text !== 'string' || !INSTANT.test(text)) return false;
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === text;
}

/** The moment part of a page's parameters: what is asked of the API, and what links carry on. */
export function momentOf({ asOf, asAt }: Moment): Moment {
  return { ...(asOf !== undefined && { asOf }), ...(asAt !== undefined && { asAt }) };
}

/** Sets a page back to now. */
export const now = { asOf: undefined, asAt: undefined } satisfies Moment;

/** Whether a page is about the past. */
export function isPast({ asOf, asAt }: Moment): boolean {
  return asOf !== undefined || asAt !== undefined;
}

/** What everything below shows: the present, unless the page is about a past moment. */
export const MomentContext = createContext<Moment>({});

/** The moment the page is about. */
export function useMoment(): Moment {
  return useContext(MomentContext);
}
