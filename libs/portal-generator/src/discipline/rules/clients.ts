import type { Breach } from '../breach.js';
import { type Holding, stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { instantsOfRecord, isOlder, isOpen, isThere, keyOf, standing, valueOf } from '../ledger.js';
import {
  canBeEmail,
  canBePhone,
  channelKeys,
  companyKey,
  isDummyEmail,
  isInn,
  isKpp,
  isNobodysName,
  isOgrn,
  isOgrnip,
} from '../texts.js';
import { isFilled } from './completeness.js';
import { shareChannel, sharedChannels } from './lead-twins.js';

/** Rules K01 to K12. */
export function breachesOfClients(judging: Judging): Breach[] {
  const { ledger } = judging;
  const contacts = ledger.cardsOf('contact');
  const companies = ledger.cardsOf('company');
  return [
    ...[...contacts, ...companies].flatMap((client) => [
      ...phoneIsNone(judging, client),
      ...emailIsNone(judging, client),
      ...employeesChannel(judging, client),
    ]),
    ...companies.flatMap((company) => [
      ...requisitesWrong(judging, company),
      ...requisitesMissing(judging, company),
      ...severalOwners(judging, company),
      ...keyClientUntouched(judging, company),
    ]),
    ...sharedChannels(contacts).flatMap(([contact, others]) => contactTwice(judging, contact, others)),
    ...companyTwice(judging, companies),
    ...contacts.flatMap((contact) => [
      ...nameIsNone(judging, contact),
      ...withoutCompany(judging, contact),
      ...consentMissing(judging, contact),
    ]),
  ];
}

function ofClient(
  judging: Judging,
  ruleId: string,
  client: Card,
  instants: number[],
  look: (at: number) => Holding | null,
): Breach[] {
  return stateBreaches({ ruleId, subject: keyOf(client), goneAt: client.goneAt, instants, look }, judging.until);
}

/** Holds from now on, and is a case a working day later. */
const tomorrow = (judging: Judging, at: number): Holding => ({ due: () => judging.workingDays(at, 1) });

function phoneIsNone(judging: Judging, client: Card): Breach[] {
  return ofClient(judging, 'K01', client, instantsOfRecord(client), (at) => {
    const phones = valueOf(client, at)?.phones ?? [];
    return phones.some((phone) => !canBePhone(phone)) ? tomorrow(judging, at) : null;
  });
}

function emailIsNone(judging: Judging, client: Card): Breach[] {
  return ofClient(judging, 'K02', client, instantsOfRecord(client), (at) => {
    const emails = valueOf(client, at)?.emails ?? [];
    const isWrong = (email: string) => !canBeEmail(email) || isDummyEmail(email);
    return emails.some(isWrong) ? tomorrow(judging, at) : null;
  });
}

function requisitesWrong(judging: Judging, company: Card): Breach[] {
  const { ledger } = judging;
  const invoices = ledger.everLinkedTo(keyOf(company), 'invoice');
  if (invoices.length === 0) return [];
  const records = [company, ...invoices, ...ledger.everRequisitesOf(company.id)];
  return ofClient(judging, 'K03', company, records.flatMap(instantsOfRecord), (at) => {
    const isWrong = ledger.requisitesAt(company.id, at).some((requisite) => {
      const { inn = null, kpp = null, ogrn = null, ogrnip = null } = valueOf(requisite, at) ?? {};
      return (
        (inn !== null && !isInn(inn)) ||
        (kpp !== null && !isKpp(kpp)) ||
        (ogrn !== null && !isOgrn(ogrn)) ||
        (ogrnip !== null && !isOgrnip(ogrnip))
      );
    });
    return isWrong && ledger.linkedTo(keyOf(company), 'invoice', at).length > 0 ? { due: () => at } : null;
  });
}

/** Instants of a company and of its deals. */
function withDeals({ ledger }: Judging, client: Card): number[] {
  return [client, ...ledger.everLinkedTo(keyOf(client), 'deal')].flatMap((card) => [
    ...instantsOfRecord(card),
    ...card.moves.map(({ at }) => at),
  ]);
}

function openDealsOf({ ledger }: Judging, client: Card, at: number): Card[] {
  return ledger.linkedTo(keyOf(client), 'deal', at).filter((deal) => isOpen(deal, at));
}

function requisitesMissing(judging: Judging, company: Card): Breach[] {
  const { ledger } = judging;
  const { stages } = judging.parameters('K04');
  const requisites = ledger.everRequisitesOf(company.id);
  const instants = [...withDeals(judging, company), ...requisites.flatMap(instantsOfRecord)];
  return ofClient(judging, 'K04', company, instants, (at) => {
    if (ledger.requisitesAt(company.id, at).length > 0) return null;
    const isMeant = openDealsOf(judging, company, at).some((deal) =>
      stages.includes(standing(deal, at)?.stageId ?? ''),
    );
    return isMeant ? { due: () => at } : null;
  });
}

function contactTwice(judging: Judging, contact: Card, others: Card[]): Breach[] {
  const older = others.filter((other) => isOlder(other, contact));
  return ofClient(judging, 'K05', contact, [contact, ...older].flatMap(instantsOfRecord), (at) => {
    const hasOlder = older.some((other) => isThere(other, at) && shareChannel(contact, other, at));
    return hasOlder ? tomorrow(judging, at) : null;
  });
}

function companyTwice(judging: Judging, companies: Card[]): Breach[] {
  const { ledger } = judging;
  const keysAt = (company: Card, at: number): string[] => {
    const fields = valueOf(company, at);
    const inns = ledger.requisitesAt(company.id, at).map((requisite) => valueOf(requisite, at)?.inn ?? null);
    const name = companyKey(company.id, fields?.title ?? '', fields?.city ?? '');
    return [
      ...inns.filter((inn) => inn !== null && isInn(inn)).map((inn) => `inn ${inn?.trim()}`),
      ...(name === null ? [] : [`name ${name}`]),
    ];
  };
  const instantsOf = (company: Card) => [
    ...instantsOfRecord(company),
    ...ledger.everRequisitesOf(company.id).flatMap(instantsOfRecord),
  ];
  const byKey = new Map<string, Set<Card>>();
  const everKeys = (company: Card) => new Set(instantsOf(company).flatMap((at) => keysAt(company, at)));
  for (const company of companies) {
    for (const key of everKeys(company)) byKey.set(key, (byKey.get(key) ?? new Set()).add(company));
  }
  return companies.flatMap((company) => {
    const older = [...new Set([...everKeys(company)].flatMap((key) => [...(byKey.get(key) ?? [])]))].filter((other) =>
      isOlder(other, company),
    );
    if (older.length === 0) return [];
    return ofClient(judging, 'K06', company, [company, ...older].flatMap(instantsOf), (at) => {
      const ours = keysAt(company, at);
      const isTwin = older.some((other) => isThere(other, at) && keysAt(other, at).some((key) => ours.includes(key)));
      return isTwin ? tomorrow(judging, at) : null;
    });
  });
}

function nameIsNone(judging: Judging, contact: Card): Breach[] {
  return ofClient(judging, 'K07', contact, instantsOfRecord(contact), (at) => {
    const { name = null, lastName = null } = valueOf(contact, at) ?? {};
    return isNobodysName(name) || isNobodysName(lastName) ? tomorrow(judging, at) : null;
  });
}

function withoutCompany(judging: Judging, contact: Card): Breach[] {
  const { pipelines } = judging.parameters('K08');
  return ofClient(judging, 'K08', contact, withDeals(judging, contact), (at) => {
    if (valueOf(contact, at)?.companyId !== null) return null;
    const isMeant = openDealsOf(judging, contact, at).some((deal) =>
      pipelines.includes(standing(deal, at)?.pipelineId ?? ''),
    );
    return isMeant ? { due: () => judging.workingDays(at, 2) } : null;
  });
}

function severalOwners(judging: Judging, company: Card): Breach[] {
  const { allowed } = judging.parameters('K09');
  return ofClient(judging, 'K09', company, withDeals(judging, company), (at) => {
    const owned = openDealsOf(judging, company, at).flatMap((deal) => {
      const ownerId = valueOf(deal, at)?.ownerId ?? null;
      return ownerId === null || allowed.includes(ownerId) ? [] : [{ ownerId, deal }];
    });
    if (new Set(owned.map(({ ownerId }) => ownerId)).size < 2) return null;
    return { ...tomorrow(judging, at), items: () => owned.map(({ deal }) => keyOf(deal)) };
  });
}

/** K10: its own touches and those of its contacts and deals, whoever belongs to it at the instant. */
function keyClientUntouched(judging: Judging, company: Card): Breach[] {
  const { ledger } = judging;
  const { field, days } = judging.parameters('K10');
  if (field === null || company.versions.every(({ fields }) => !isFilled(fields, field))) return [];
  const key = keyOf(company);
  const ever = [company, ...ledger.everLinkedTo(key, 'contact'), ...ledger.everLinkedTo(key, 'deal')];
  return ofClient(
    judging,
    'K10',
    company,
    ever.flatMap((card) => ledger.instantsOf(card)),
    (at) => {
      if (!isFilled(valueOf(company, at), field)) return null;
      const members = [company, ...ledger.linkedTo(key, 'contact', at), ...ledger.linkedTo(key, 'deal', at)];
      const touched = members.map((card) => ledger.lastTouch(card, at)).filter((last) => last !== null);
      const anchor = touched.length > 0 ? Math.max(...touched) : company.createdAt;
      return { anchor, due: () => judging.workingDays(anchor, days) };
    },
  );
}

function consentMissing(judging: Judging, contact: Card): Breach[] {
  const { field } = judging.parameters('K11');
  if (field === null) return [];
  return ofClient(judging, 'K11', contact, instantsOfRecord(contact), (at) =>
    isThere(contact, at) && !isFilled(valueOf(contact, at), field) ? tomorrow(judging, at) : null,
  );
}

function employeesChannel(judging: Judging, client: Card): Breach[] {
  const { employees } = judging.ledger;
  const ever = new Set(client.versions.flatMap(({ fields }) => channelKeys(fields)));
  const keysOf = (employee: (typeof employees)[number], at: number) => {
    const { phones = [], email = null } = valueOf(employee, at) ?? {};
    return channelKeys({ phones, emails: email === null ? [] : [email] });
  };
  const near = employees.filter((one) => one.versions.some(({ at }) => keysOf(one, at).some((key) => ever.has(key))));
  if (near.length === 0) return [];
  return ofClient(judging, 'K12', client, [client, ...near].flatMap(instantsOfRecord), (at) => {
    const fields = valueOf(client, at);
    const ours = fields ? channelKeys(fields) : [];
    const isShared = near.some((employee) => keysOf(employee, at).some((key) => ours.includes(key)));
    return isShared ? { due: () => at } : null;
  });
}
