import type { GeneratedCompany } from '../../generate.js';
import type { PortalOperation } from '../../script.js';
import { scriptUntil } from '../../script-until.js';
import type { Facts } from './facts.js';
import { PortalBook } from './portal-book.js';
import { sinceTheirCalls } from './since-their-calls.js';

export interface LiveFactsOptions {
  /**
   * The instant at which somebody notices that a record has vanished, for the instant at which it did; the same when
   * left out. A portal tells nobody of deletions: they are found by looking. Later than `until` means not noticed.
   */
  vanishingNoticedAt?: (vanishedAt: number) => number;
}

/** What somebody knows who saw every operation of a company's script when it happened, up to an instant. */
export function liveFacts(company: GeneratedCompany, until: number, options: LiveFactsOptions = {}): Facts {
  return liveFactsOf(scriptUntil(company, until), { until, zone: company.parameters.zone, ...options });
}

/** The same of any operations in time order, the set-up included. */
export function liveFactsOf(
  operations: Iterable<PortalOperation>,
  { until, zone, vanishingNoticedAt }: { until: number; zone: string } & LiveFactsOptions,
): Facts {
  const book = new PortalBook(zone);
  for (const operation of operations) if (operation.at <= until) book.apply(operation);
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
