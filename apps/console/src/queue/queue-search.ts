import type { CaseLane, Severity } from '../api/schema.js';
import { isDay } from '../format/dates.js';
import { laneNames } from './lanes.js';

export const severities = ['S1', 'S2', 'S3', 'S4'] as const satisfies readonly Severity[];

/** What of the queue is looked at, as it stands in the address. */
export type QueueSearch = {
  lane?: CaseLane;
  /** The case under the cursor. */
  case?: string;
  rule?: string;
  /** User of the portal whom cases are about. */
  person?: string;
  severity?: Severity;
  /** Only cases assigned to oneself. */
  mine?: 'yes';
  /** A record, written kind:id. */
  about?: string;
  /** First day on which cases began, in the portal's zone. */
  from?: string;
  /** First day after those. */
  to?: string;
};

/** What the list is asked for; the case under the cursor is no part of it. */
export type QueueFilter = Omit<QueueSearch, 'case'> & { lane: CaseLane };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RULE = /^[A-Z][A-Z0-9]{1,15}$/;
const USER = /^\d{1,18}$/;
const RECORD = /^[a-z-]{3,20}:[0-9A-Za-z:_-]{1,60}$/;

const text = (value: unknown, shape: RegExp): string | undefined =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

/** Reads the search; whatever is not valid is left out instead of failing. */
export function readQueueSearch(raw: Record<string, unknown>): QueueSearch {
  const lane = laneNames.find((each) => each === raw.lane);
  const severity = severities.find((each) => each === raw.severity);
  const [caseId, rule, person] = [text(raw.case, UUID), text(raw.rule, RULE), text(raw.person, USER)];
  const about = text(raw.about, RECORD);
  const [from, to] = [isDay(raw.from) ? raw.from : undefined, isDay(raw.to) ? raw.to : undefined];
  return {
    ...(lane !== undefined && lane !== 'queue' && { lane }),
    ...(caseId !== undefined && { case: caseId }),
    ...(rule !== undefined && { rule }),
    ...(person !== undefined && { person }),
    ...(severity !== undefined && { severity }),
    ...(raw.mine === 'yes' && { mine: 'yes' as const }),
    ...(about !== undefined && { about }),
    ...(from !== undefined && to !== undefined && from < to && { from, to }),
  };
}

/** What the list is asked for. */
export function filterOf({ case: _case, lane = 'queue', ...rest }: QueueSearch): QueueFilter {
  return { lane, ...rest };
}

/** Whether anything but the lane narrows the list. */
export function isNarrowed({ rule, person, severity, mine, about, from }: QueueSearch): boolean {
  return [rule, person, severity, mine, about, from].some((each) => each !== undefined);
}

/** Parameters of the API for a filter. */
export function askedOf({ lane, rule, person, severity, mine, about, from, to }: QueueFilter) {
  return {
    lane,
    ...(rule !== undefined && { ruleId: rule }),
    ...(person !== undefined && { person }),
    ...(severity !== undefined && { severity }),
    ...(mine !== undefined && { assignee: 'me' }),
    ...(about !== undefined && { about }),
    ...(from !== undefined && to !== undefined && { from, to }),
  };
}
