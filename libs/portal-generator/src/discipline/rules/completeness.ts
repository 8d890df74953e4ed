import type { Breach } from '../breach.js';
import { type Holding, stateBreaches } from '../episodes.js';
import type { Card, CardFields } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changesOf, instantsOfRecord, isOlder, isOpen, isThere, keyOf, rowsAt, standing, valueOf } from '../ledger.js';
import { isDefaultTitle, isPlaceholder, titleKey } from '../texts.js';
import { nothingPlanned } from './planned-steps.js';

/** Rules D06 and F01 to F12, in so far as no other rule inhibits them. */
export function breachesOfCompleteness(judging: Judging): Breach[] {
  const deals = judging.ledger.cardsOf('deal');
  return [
    ...deals.flatMap((deal) => [
      ...requiredFieldEmpty(judging, deal),
      ...nothingPlanned(judging, deal, 'F01'),
      ...closeDatePast(judging, deal),
      ...closeDatePushed(judging, deal),
      ...amountEmpty(judging, deal),
      ...amountIsNotTheRows(judging, deal),
      ...discountNotApproved(judging, deal),
      ...oneContactAlone(judging, deal),
      ...zombie(judging, deal),
      ...withoutClient(judging, deal),
      ...productOfAnotherPipeline(judging, deal),
      ...nothingSent(judging, deal),
    ]),
    ...titleTellsNothing(judging, deals),
  ];
}

/** What a field of the settings holds, under its own name or that of a user field. */
function fieldText(fields: CardFields | null, name: string): string | null {
  if (fields === null) return null;
  if (name.startsWith('UF_')) return fields.user[name] ?? null;
  const value = (fields as unknown as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export function isFilled(fields: CardFields | null, name: string): boolean {
  return (fieldText(fields, name) ?? '').trim() !== '';
}

/** Texts alone can be placeholders; ids are what they are. */
function isEmptyOrPlaceholder(fields: CardFields | null, name: string): boolean {
  const isText = name.startsWith('UF_') || name === 'title' || name === 'comments';
  return !isFilled(fields, name) || (isText && isPlaceholder(fieldText(fields, name) ?? ''));
}

/** A state of one deal that needs nothing but the deal and what hangs on it. */
function ofDeal(
  judging: Judging,
  ruleId: string,
  deal: Card,
  look: (at: number) => Holding | null,
  more: number[] = [],
): Breach[] {
  const instants = [...judging.ledger.instantsOf(deal), ...judging.ledger.configured, ...more];
  return stateBreaches({ ruleId, subject: keyOf(deal), goneAt: deal.goneAt, instants, look }, judging.until);
}

function requiredFieldEmpty(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  const { required } = judging.parameters('D06');
  return ofDeal(judging, 'D06', deal, (at) => {
    const move = standing(deal, at);
    if (!move || !isOpen(deal, at)) return null;
    const rank = ledger.rankOf(move.pipelineId, move.stageId, at);
    const reached =
      rank === null
        ? [move.stageId]
        : ledger
            .rankedStages(move.pipelineId, at)
            .slice(0, rank + 1)
            .map(({ id }) => id);
    const names = reached.flatMap((stageId) => required[stageId] ?? []);
    const isMissing = names.some((name) => isEmptyOrPlaceholder(valueOf(deal, at), name));
    return isMissing ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function closeDatePast(judging: Judging, deal: Card): Breach[] {
  return ofDeal(judging, 'F02', deal, (at) => {
    const closeDate = valueOf(deal, at)?.closeDate ?? null;
    if (!isOpen(deal, at) || closeDate === null) return null;
    return { anchor: closeDate, due: () => judging.hours.endOf(closeDate) };
  });
}

function closeDatePushed(judging: Judging, deal: Card): Breach[] {
  const { times, days } = judging.parameters('F03');
  const pushes = changesOf(deal).flatMap(({ at, before, after }) => {
    if (before.closeDate === null || after.closeDate === null || !isOpen(deal, at)) return [];
    const pushedDays = (Date.parse(after.closeDate) - Date.parse(before.closeDate)) / 86_400_000;
    return pushedDays > 0 ? [{ at, pushedDays }] : [];
  });
  return ofDeal(judging, 'F03', deal, (at) => {
    const made = pushes.filter((push) => push.at <= at);
    const total = made.reduce((sum, { pushedDays }) => sum + pushedDays, 0);
    const isTooMuch = made.length >= times || total > days;
    return isOpen(deal, at) && isTooMuch ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function amountEmpty(judging: Judging, deal: Card): Breach[] {
  const { from_rank } = judging.parameters('F04');
  return ofDeal(judging, 'F04', deal, (at) => {
    const rank = judging.ledger.standingRank(deal, at);
    const isEmpty = rank !== null && rank >= from_rank && valueOf(deal, at)?.amountKopecks === 0;
    return isOpen(deal, at) && isEmpty ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function amountIsNotTheRows(judging: Judging, deal: Card): Breach[] {
  const { tolerance } = judging.parameters('F05');
  return ofDeal(judging, 'F05', deal, (at) => {
    const fields = isThere(deal, at) ? valueOf(deal, at) : null;
    const rows = rowsAt(deal, at);
    if (!fields || fields.isAmountManual || rows.length === 0) return null;
    const sum = rows.reduce((total, { priceKopecks, quantity }) => total + priceKopecks * quantity, 0);
    const isDifferent = Math.abs(sum - fields.amountKopecks) > tolerance * 100;
    return isDifferent ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function discountNotApproved(judging: Judging, deal: Card): Breach[] {
  const { percent, approval_field } = judging.parameters('F06');
  return ofDeal(judging, 'F06', deal, (at) => {
    const isHigh = rowsAt(deal, at).some(({ discountPercent }) => discountPercent > percent);
    const isApproved = approval_field !== null && isFilled(valueOf(deal, at), approval_field);
    return isOpen(deal, at) && isHigh && !isApproved ? { due: () => at } : null;
  });
}

/** F07: the contacts of a deal are its own and those of its company. */
function oneContactAlone(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  const { amount } = judging.parameters('F07');
  if (deal.versions.every(({ fields }) => fields.amountKopecks <= amount * 100)) return [];
  const companies = deal.versions.flatMap(({ fields }) => (fields.companyId ? [`company:${fields.companyId}`] : []));
  const colleagues = companies.flatMap((company) => ledger.everLinkedTo(company, 'contact'));
  const look = (at: number): Holding | null => {
    const fields = valueOf(deal, at);
    if (!fields || !isOpen(deal, at) || fields.amountKopecks <= amount * 100) return null;
    const ofCompany = fields.companyId ? ledger.linkedTo(`company:${fields.companyId}`, 'contact', at) : [];
    const contacts = new Set(ofCompany.map(({ id }) => id));
    if (fields.contactId) contacts.add(fields.contactId);
    return contacts.size < 2 ? { due: () => judging.workingDays(at, 1) } : null;
  };
  return ofDeal(judging, 'F07', deal, look, colleagues.flatMap(instantsOfRecord));
}

function zombie(judging: Judging, deal: Card): Breach[] {
  const { ledger } = judging;
  const { median_cycle_days, days } = judging.parameters('F08');
  return ofDeal(judging, 'F08', deal, (at) => {
    if (!isOpen(deal, at)) return null;
    const anchor = ledger.lastTouch(deal, at) ?? deal.createdAt;
    const oldAt = deal.createdAt + 3 * median_cycle_days * 86_400_000;
    return { anchor, due: () => Math.max(oldAt, judging.workingDays(anchor, days)) };
  });
}

function withoutClient(judging: Judging, deal: Card): Breach[] {
  const { from_rank } = judging.parameters('F09');
  return ofDeal(judging, 'F09', deal, (at) => {
    const fields = valueOf(deal, at);
    const rank = judging.ledger.standingRank(deal, at);
    const isAlone = fields?.contactId === null && fields.companyId === null;
    const isMeant = isOpen(deal, at) && rank !== null && rank >= from_rank;
    return isMeant && isAlone ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function titleTellsNothing(judging: Judging, deals: Card[]): Breach[] {
  const { ledger } = judging;
  const byTitle = new Map<string, Set<Card>>();
  const keysOf = (deal: Card) => {
    const keys = deal.versions.map(({ fields }) => titleKey(deal.id, fields.title ?? ''));
    return new Set(keys.filter((key) => key !== null));
  };
  for (const deal of deals) {
    for (const title of keysOf(deal)) byTitle.set(title, (byTitle.get(title) ?? new Set()).add(deal));
  }
  const titleAt = (deal: Card, at: number) => valueOf(deal, at)?.title ?? '';
  return deals.flatMap((deal) => {
    const older = [...keysOf(deal)]
      .flatMap((title) => [...(byTitle.get(title) ?? [])])
      .filter((one) => isOlder(one, deal));
    const look = (at: number): Holding | null => {
      if (!isOpen(deal, at)) return null;
      const title = titleAt(deal, at);
      const key = titleKey(deal.id, title);
      const isTwin =
        key !== null && older.some((other) => isOpen(other, at) && titleKey(other.id, titleAt(other, at)) === key);
      const tellsNothing = title.trim() === '' || isDefaultTitle(deal.id, title) || isTwin;
      return tellsNothing ? { due: () => judging.workingDays(at, 1) } : null;
    };
    return ofDeal(
      judging,
      'F10',
      deal,
      look,
      older.flatMap((other) => ledger.instantsOf(other)),
    );
  });
}

function productOfAnotherPipeline(judging: Judging, deal: Card): Breach[] {
  const { products } = judging.parameters('F11');
  return ofDeal(judging, 'F11', deal, (at) => {
    const pipelineId = standing(deal, at)?.pipelineId;
    const isForeign = rowsAt(deal, at).some(({ productId }) => {
      const home = productId === null ? undefined : products[productId];
      return home !== undefined && home !== pipelineId;
    });
    return isOpen(deal, at) && isForeign ? { due: () => judging.workingDays(at, 1) } : null;
  });
}

function nothingSent(judging: Judging, deal: Card): Breach[] {
  const { stages } = judging.parameters('F12');
  return ofDeal(judging, 'F12', deal, (at) => {
    const isMeant = isThere(deal, at) && stages.includes(standing(deal, at)?.stageId ?? '');
    if (!isMeant || valueOf(deal, at)?.quoteId != null || judging.ledger.hasSentFile(deal, at)) return null;
    return { due: () => judging.workingDays(at, 1) };
  });
}
