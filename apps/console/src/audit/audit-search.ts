import { addDays, isDay } from '../format/dates.js';
import { instantOf } from '../moment/wall-clock.js';

export const results = ['done', 'refused', 'failed'] as const;
type AuditResult = (typeof results)[number];

/** The filters of the record of what was done, as they stand in the address. */
export type AuditSearch = {
  action?: string;
  accountId?: string;
  result?: AuditResult;
  /** First day. */
  from?: string;
  /** Last day. */
  through?: string;
};

const ACTION = /^[A-Za-z]{1,30}\.[A-Za-z]{1,29}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the filters; whatever is not valid is left out instead of failing. */
export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const { action, accountId, from, through } = raw;
  const result = results.find((each) => each === raw.result);
  return {
    ...(typeof action === 'string' && ACTION.test(action) && { action }),
    ...(typeof accountId === 'string' && UUID.test(accountId) && { accountId }),
    ...(result !== undefined && { result }),
    ...(isDay(from) && { from }),
    ...(isDay(through) && (!isDay(from) || from <= through) && { through }),
  };
}

type AuditFilters = { action?: string; accountId?: string; result?: AuditResult; from?: string; to?: string };

/** The filters as the API takes them: the days as instants of a zone, the last one included. */
export function auditQueryOf({ action, accountId, result, from, through }: AuditSearch, zone: string): AuditFilters {
  const begin = from === undefined ? null : instantOf(from, '00:00', zone);
  const end = through === undefined ? null : instantOf(addDays(through, 1), '00:00', zone);
  return {
    ...(action !== undefined && { action }),
    ...(accountId !== undefined && { accountId }),
    ...(result !== undefined && { result }),
    ...(begin !== null && { from: begin }),
    ...(end !== null && { to: end }),
  };
}
