import type { GeneratedCompany } from '../../generate.js';
import type { PortalOperation } from '../../script.js';
import { scriptUntil } from '../../script-until.js';
import type { Activity, Card, Facts, FactRecord, Task } from './facts.js';
import { PortalBook } from './portal-book.js';
import { sinceTheirCalls } from './since-their-calls.js';

/**
 * What somebody knows who comes at the end and reads what the portal still shows: records as they are, held to be so
 * since their creation, the rows of the stage history, activities planned when they were made and done when they were
 * last changed. What vanished never was, fields never changed, and of the movers the last one alone is named.
 */
export function historyFacts(company: GeneratedCompany, until: number): Facts {
  return historyFactsOf(scriptUntil(company, until), { until, zone: company.parameters.zone });
}

/** The same of any operations in time order, the set-up included. */
export function historyFactsOf(
  operations: Iterable<PortalOperation>,
  { until, zone }: { until: number; zone: string },
): Facts {
  const book = new PortalBook(zone);
  for (const operation of operations) if (operation.at <= until) book.apply(operation);
  const facts = book.facts(until);
  const last = new Map(facts.configurations.map((reading) => [reading.kind, { ...reading, at: until }]));
  return {
    cards: [...book.cards.cards.values()].flatMap(({ record, modifiedAt, movedAt }) =>
      record.goneAt === null ? [asRead(record, modifiedAt, movedAt)] : [],
    ),
    activities: sinceTheirCalls(
      [...book.activities.activities.values()].flatMap(({ record, modifiedAt }) =>
        record.goneAt === null ? [planned(record, modifiedAt)] : [],
      ),
      facts.calls,
    ),
    tasks: [...book.activities.tasks.values()].flatMap(({ record, modifiedAt }) =>
      record.goneAt === null ? [planned(record, modifiedAt)] : [],
    ),
    calls: facts.calls,
    requisites: facts.requisites.filter(({ goneAt }) => goneAt === null).map(sinceCreation),
    employees: facts.employees.map(sinceCreation),
    configurations: [...last.values()],
  };
}

function sinceCreation<Record extends FactRecord<unknown>>(record: Record): Record {
  const last = record.versions.at(-1);
  return { ...record, versions: last ? [{ at: record.createdAt, fields: last.fields }] : [] };
}

function asRead(card: Card, modifiedAt: number, movedAt: number): Card {
  const rows = card.productRows.at(-1)?.fields ?? [];
  return {
    ...sinceCreation(card),
    moves: card.moves.map((move) => ({ ...move, mover: move.at === movedAt ? move.mover : null })),
    productRows: rows.length > 0 ? [{ at: modifiedAt, fields: rows }] : [],
  };
}

function planned<Record extends Activity | Task>(record: Record, modifiedAt: number): Record {
  const read = sinceCreation<Activity | Task>(record);
  const fields = read.versions[0]?.fields;
  const doneAt = (fields && 'closedAt' in fields ? fields.closedAt : null) ?? modifiedAt;
  if (!fields?.isDone || doneAt <= record.createdAt) return read as Record;
  const before = { at: record.createdAt, fields: { ...fields, isDone: false, isClosedByPortal: false } };
  return { ...read, versions: [before, { at: doneAt, fields }] } as Record;
}
