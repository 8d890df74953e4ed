import type { Breach } from '../breach.js';
import { factBreaches, type Holding, stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import {
  changesOf,
  instantsOfRecord,
  isOlder,
  isOpen,
  isThere,
  keyOf,
  movesOf,
  standing,
  stands,
  valueOf,
} from '../ledger.js';

/** Rules I01 to I10. */
export function breachesOfInvoices(judging: Judging): Breach[] {
  const invoices = judging.ledger.cardsOf('invoice');
  return [
    ...invoices.flatMap((invoice) => [
      ...withoutDeal(judging, invoice),
      ...differsFromDeal(judging, invoice),
      ...overdueUnpaid(judging, invoice),
      ...ofAnotherCompany(judging, invoice),
      ...editedAfterSending(judging, invoice),
      ...cancelledAfterPaid(judging, invoice),
    ]),
    ...judging.ledger
      .cardsOf('deal')
      .flatMap((deal) => [
        ...paidButNotMoved(judging, deal),
        ...severalOfOneSum(judging, deal),
        ...nothingAttached(judging, deal),
      ]),
    ...oddDateOrNumber(judging, invoices),
  ];
}

function ofCard(
  judging: Judging,
  ruleId: string,
  card: Card,
  instants: number[],
  look: (at: number) => Holding | null,
): Breach[] {
  return stateBreaches({ ruleId, subject: keyOf(card), goneAt: card.goneAt, instants, look }, judging.until);
}

/** The deal of an invoice, while it is there. */
function dealOf({ ledger }: Judging, invoice: Card, at: number): Card | null {
  const dealId = valueOf(invoice, at)?.dealId ?? null;
  const deal = dealId === null ? null : ledger.card(`deal:${dealId}`);
  return deal && isThere(deal, at) ? deal : null;
}

function withItsDeals({ ledger }: Judging, invoice: Card): number[] {
  const deals = invoice.versions.flatMap(({ fields }) => ledger.card(`deal:${fields.dealId}`) ?? []);
  return [invoice, ...deals].flatMap((card) => ledger.instantsOf(card));
}

function isLost(invoice: Card, at: number): boolean {
  return standing(invoice, at)?.semantics === 'F';
}

function withoutDeal(judging: Judging, invoice: Card): Breach[] {
  return ofCard(judging, 'I01', invoice, instantsOfRecord(invoice), (at) =>
    valueOf(invoice, at)?.dealId === null ? { due: () => at } : null,
  );
}

function differsFromDeal(judging: Judging, invoice: Card): Breach[] {
  const { tolerance } = judging.parameters('I02');
  return ofCard(judging, 'I02', invoice, withItsDeals(judging, invoice), (at) => {
    const ours = valueOf(invoice, at);
    const deal = dealOf(judging, invoice, at);
    const theirs = deal && valueOf(deal, at);
    if (!ours || !theirs || isLost(invoice, at) || ours.currency !== theirs.currency) return null;
    const isDifferent = Math.abs(ours.amountKopecks - theirs.amountKopecks) > tolerance * 100;
    return isDifferent ? { due: () => at } : null;
  });
}

function overdueUnpaid(judging: Judging, invoice: Card): Breach[] {
  const { ledger, hours } = judging;
  return ofCard(judging, 'I03', invoice, withItsDeals(judging, invoice), (at) => {
    const dueDate = valueOf(invoice, at)?.closeDate ?? null;
    if (dueDate === null || !isOpen(invoice, at)) return null;
    const deal = dealOf(judging, invoice, at);
    const touchedAt = deal ? ledger.lastTouch(deal, at) : null;
    const anchor = Math.max(hours.endOf(dueDate), touchedAt ?? Number.NEGATIVE_INFINITY);
    return { anchor, due: () => judging.workingDays(anchor, 2) };
  });
}

function ofAnotherCompany(judging: Judging, invoice: Card): Breach[] {
  const { own_companies } = judging.parameters('I04');
  return ofCard(judging, 'I04', invoice, withItsDeals(judging, invoice), (at) => {
    const deal = dealOf(judging, invoice, at);
    const own = own_companies[(deal && standing(deal, at)?.pipelineId) ?? ''];
    const issuer = valueOf(invoice, at)?.myCompanyId ?? null;
    if (own === undefined || issuer === null || isLost(invoice, at)) return null;
    return issuer === own ? null : { due: () => at };
  });
}

function editedAfterSending(judging: Judging, invoice: Card): Breach[] {
  const { ledger, until } = judging;
  const { sent_rank } = judging.parameters('I05');
  const edits = [
    ...changesOf(invoice)
      .filter(({ before, after }) =>
        (['amountKopecks', 'contactId', 'companyId'] as const).some((name) => before[name] !== after[name]),
      )
      .map(({ at }) => at),
    ...invoice.productRows
      .filter(({ fields }, place) => {
        const before = invoice.productRows[place - 1]?.fields;
        return before !== undefined && JSON.stringify(before) !== JSON.stringify(fields);
      })
      .map(({ at }) => at),
  ];
  const facts = edits.filter((at) => (ledger.standingRank(invoice, at) ?? -1) >= sent_rank).map((at) => ({ at }));
  return factBreaches(
    { ruleId: 'I05', subject: keyOf(invoice), goneAt: invoice.goneAt, facts, due: (startAt) => startAt },
    until,
  );
}

function cancelledAfterPaid(judging: Judging, invoice: Card): Breach[] {
  const facts = movesOf(invoice).filter(({ from, to }) => from.semantics === 'S' && to.semantics === 'F');
  return factBreaches(
    {
      ruleId: 'I06',
      subject: keyOf(invoice),
      goneAt: invoice.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => startAt,
    },
    judging.until,
  );
}

function withItsInvoices({ ledger }: Judging, deal: Card): number[] {
  return [deal, ...ledger.everLinkedTo(keyOf(deal), 'invoice')].flatMap((card) => ledger.instantsOf(card));
}

function paidButNotMoved(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  if (ledger.everLinkedTo(keyOf(deal), 'invoice').length === 0) return [];
  return ofCard(judging, 'I07', deal, withItsInvoices(judging, deal), (at) => {
    const paid = ledger.linkedTo(keyOf(deal), 'invoice', at).filter((invoice) => stands(invoice, 'S', at));
    if (paid.length === 0 || !isOpen(deal, at)) return null;
    const anchor = Math.max(...paid.map((invoice) => standing(invoice, at)?.at ?? at));
    return { anchor, due: () => judging.workingDays(anchor, 1) };
  });
}

function severalOfOneSum(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  if (ledger.everLinkedTo(keyOf(deal), 'invoice').length < 2) return [];
  return ofCard(judging, 'I08', deal, withItsInvoices(judging, deal), (at) => {
    const open = ledger.linkedTo(keyOf(deal), 'invoice', at).filter((invoice) => isOpen(invoice, at));
    const sums = open.map((invoice) => valueOf(invoice, at)?.amountKopecks ?? 0).filter((sum) => sum > 0);
    const isRepeated = new Set(sums).size < sums.length;
    return isThere(deal, at) && isRepeated ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function nothingAttached(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  const { stages } = judging.parameters('I09');
  return ofCard(judging, 'I09', deal, ledger.instantsOf(deal), (at) => {
    if (!isThere(deal, at) || !stages.includes(standing(deal, at)?.stageId ?? '')) return null;
    const hasFile = ledger.boundTo(deal, at).some((activity) => (valueOf(activity, at)?.fileCount ?? 0) > 0);
    return hasFile ? null : { due: () => at };
  });
}

function oddDateOrNumber(judging: Judging, invoices: Card[]): Breach[] {
  const { hours } = judging;
  const numberAt = (invoice: Card, at: number) => (valueOf(invoice, at)?.number ?? '').trim().toLowerCase();
  const byNumber = new Map<string, Set<Card>>();
  for (const invoice of invoices) {
    for (const { at } of invoice.versions) {
      const number = numberAt(invoice, at);
      byNumber.set(number, (byNumber.get(number) ?? new Set()).add(invoice));
    }
  }
  return invoices.flatMap((invoice) => {
    const numbers = new Set(invoice.versions.map(({ at }) => numberAt(invoice, at)).filter((number) => number !== ''));
    const older = [...numbers]
      .flatMap((number) => [...(byNumber.get(number) ?? [])])
      .filter((one) => isOlder(one, invoice));
    const instants = [...withItsDeals(judging, invoice), ...older.flatMap(instantsOfRecord)];
    return ofCard(judging, 'I10', invoice, instants, (at) => {
      const deal = dealOf(judging, invoice, at);
      const date = valueOf(invoice, at)?.beginDate ?? null;
      const isEarly = deal !== null && date !== null && date < hours.dateOf(deal.createdAt);
      const number = numberAt(invoice, at);
      const isRepeated = number !== '' && older.some((other) => isThere(other, at) && numberAt(other, at) === number);
      return isEarly || isRepeated ? { due: () => judging.workingDays(at, 1) } : null;
    });
  });
}
