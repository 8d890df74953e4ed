import type { CaseRow, ListedCase } from '../api/schema.js';
import { rankOf } from './group-ranks.js';
import type { GroupRanks } from './group-ranks.js';

/** A case that was acted on, shown as it will be until the list that is read says so itself. */
export type PendingCase = {
  row: ListedCase;
  /** Version the case has after the command; null while the API has not answered. */
  version: number | null;
  /** When the API answered, in milliseconds; null before. */
  settledAtMs: number | null;
};

export type PendingCases = ReadonlyMap<string, PendingCase>;

/** Longer than any list takes to catch up: then the list is right, whatever it says. */
const FORGOTTEN_MS = 30_000;

const isCaughtUp = (pending: PendingCase, version: number): boolean =>
  pending.version !== null && version >= pending.version;

/**
 * Rows as they are to be shown: those acted on as they will be, without those that leave the list, with those that come
 * back to it where they stood.
 */
export function shownRows(
  rows: readonly ListedCase[],
  pending: PendingCases,
  belongs: (row: CaseRow) => boolean,
  ranks: GroupRanks = new Map(),
): readonly ListedCase[] {
  if (pending.size === 0) return rows;
  const listed = new Set(rows.map(({ caseId }) => caseId));
  const shown = rows.flatMap((row) => {
    const acted = pending.get(row.caseId);
    if (acted === undefined || isCaughtUp(acted, row.version)) return [row];
    return belongs(acted.row) ? [{ ...acted.row, ofPerson: row.ofPerson, ofRule: row.ofRule }] : [];
  });
  for (const { row } of pending.values()) {
    if (!listed.has(row.caseId) && belongs(row)) shown.splice(placeOf(shown, row, ranks), 0, row);
  }
  return shown;
}

/** Where a row that comes back belongs: in its group by its deadline, else where its group stood, else at the end. */
function placeOf(rows: readonly ListedCase[], row: ListedCase, ranks: GroupRanks): number {
  const isSamePerson = (other: ListedCase) => other.responsible?.userId === row.responsible?.userId;
  const isSameRule = (other: ListedCase) => isSamePerson(other) && other.ruleId === row.ruleId;
  const isEarlier = (other: ListedCase) =>
    other.dueAt < row.dueAt || (other.dueAt === row.dueAt && other.caseId < row.caseId);
  const lastEarlier = rows.findLastIndex((other) => isSameRule(other) && isEarlier(other));
  if (lastEarlier !== -1) return lastEarlier + 1;
  const firstOfRule = rows.findIndex(isSameRule);
  if (firstOfRule !== -1) return firstOfRule;
  const rank = rankOf(ranks, row);
  if (rank !== undefined) {
    const next = rows.findIndex((other) => (rankOf(ranks, other) ?? Infinity) > rank);
    return next === -1 ? rows.length : next;
  }
  const lastOfPerson = rows.findLastIndex(isSamePerson);
  return lastOfPerson === -1 ? rows.length : lastOfPerson + 1;
}

/** What is still to be shown differently from the list; the same map when nothing is over. */
export function stillPending(pending: PendingCases, rows: readonly ListedCase[], nowMs: number): PendingCases {
  const versions = new Map(rows.map(({ caseId, version }) => [caseId, version]));
  const left = [...pending].filter(([caseId, acted]) => {
    if (acted.settledAtMs === null) return true;
    const version = versions.get(caseId);
    if (version !== undefined && isCaughtUp(acted, version)) return false;
    return nowMs - acted.settledAtMs < FORGOTTEN_MS;
  });
  return left.length === pending.size ? pending : new Map(left);
}
