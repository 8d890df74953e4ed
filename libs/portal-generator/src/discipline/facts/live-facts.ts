import type { GeneratedCompany } from '../../generate.js';
import type { PortalOperation } from '../../script.js';
import { scriptUntil } from '../../script-until.js';
import type { Facts } from './facts.js';
import { PortalBook } from './portal-book.js';
import { idIn, instantIn } from './portal-values.js';
import { sinceTheirCalls } from './since-their-calls.js';

export interface LiveFactsOptions {
  /**
   * The instant at which somebody notices that a record has vanished, for the instant at which it did; the same when
   * left out. A portal tells nobody of deletions: they are found by looking. Later than `until` means not noticed.
   */
  vanishingNoticedAt?: (vanishedAt: number) => number;
  /**
   * Up to when calls that began by `until` were written down: who watched longer knows of a call that was under way
   * then. `until` when left out.
   */
  writtenUntil?: number;
}

/** What somebody knows who saw every operation of a company's script when it happened, up to an instant. */
export function liveFacts(company: GeneratedCompany, until: number, options: LiveFactsOptions = {}): Facts {
  const operations = scriptUntil(company, Math.max(until, options.writtenUntil ?? until));
  return liveFactsOf(operations, { until, zone: company.parameters.zone, ...options });
}

/** The same of any operations in time order, the set-up included. */
export function liveFactsOf(
  operations: Iterable<PortalOperation>,
  { until, zone, vanishingNoticedAt, writtenUntil = until }: { until: number; zone: string } & LiveFactsOptions,
): Facts {
  const book = new PortalBook(zone);
  const later: PortalOperation[] = [];
  for (const operation of operations) {
    if (operation.at <= until) book.apply(operation);
    else if (operation.at <= writtenUntil) later.push(operation);
  }
  for (const operation of ofCallsBegunBy(until, later)) book.apply(operation);
  const told = book.facts(until);
  const facts = { ...told, activities: sinceTheirCalls(told.activities, told.calls) };
  if (!vanishingNoticedAt) return facts;
  for (const record of [...facts.cards, ...facts.activities, ...facts.tasks]) {
    if (record.goneAt === null) continue;
    const noticedAt = vanishingNoticedAt(record.goneAt);
    record.goneAt = noticedAt <= until ? noticedAt : null;
  }
  return facts;
}

/** What makes the calls, and their activities, that had begun by an instant; in the order given. */
function ofCallsBegunBy(until: number, operations: readonly PortalOperation[]): PortalOperation[] {
  const made = operations.filter((operation) => operation.op === 'add');
  const calls = made.filter(
    ({ entity, fields }) => entity === 'call' && (instantIn(fields['CALL_START_DATE']) ?? Infinity) <= until,
  );
  const activityIds = new Set(calls.map(({ fields }) => idIn(fields['CRM_ACTIVITY_ID'])));
  return made.filter(
    (operation) => calls.includes(operation) || (operation.entity === 'activity' && activityIds.has(operation.id)),
  );
}
