import { type Breach, inOrder } from './breach.js';
import type { Facts } from './facts/facts.js';
import { Judging } from './judging.js';
import { Ledger } from './ledger.js';
import { breachesOfActivities } from './rules/activities.js';
import { breachesOfClients } from './rules/clients.js';
import { breachesOfCompleteness } from './rules/completeness.js';
import { breachesOfInvoices } from './rules/invoices.js';
import { breachesOfLeads } from './rules/leads.js';
import { breachesOfMovement } from './rules/deal-movement.js';
import { breachesOfOwnership } from './rules/ownership.js';
import type { DisciplineSettings } from './settings/rule-parameters.js';
import { RUSSIAN_SPECIAL_DAYS, type SpecialDays } from './special-days.js';
import { WorkingHours } from './working-hours.js';

/** Rules of docs/rules.md that the account knows. Left out: A09 (audits), O02 (absences). */
export const ACCOUNTED_RULES: readonly string[] = [
  ...['L01', 'L02', 'L03', 'L04', 'L05', 'L06', 'L07', 'L08', 'L09', 'L10', 'L11', 'L12', 'L13'],
  ...['D01', 'D02', 'D03', 'D04', 'D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D11', 'D12', 'D13', 'D14', 'D15'],
  ...['D16', 'D17', 'F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'F12'],
  ...['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08'],
  ...['K01', 'K02', 'K03', 'K04', 'K05', 'K06', 'K07', 'K08', 'K09', 'K10', 'K11', 'K12'],
  ...['I01', 'I02', 'I03', 'I04', 'I05', 'I06', 'I07', 'I08', 'I09', 'I10'],
  ...['O01', 'O03', 'O04', 'O05', 'O06', 'O07', 'O08'],
];

export interface AccountOptions {
  /** The rule clock: facts and openings later than this do not count. Milliseconds. */
  until: number;
  zone: string;
  /** Holidays and transferred days; those of Russia when left out. */
  specialDays?: SpecialDays;
}

/**
 * Every case that docs/rules.md asks for, from the facts alone, in the order of opening. Written rule by rule, slow and
 * plain, so that it can be read against that page; nothing of the engine is used.
 */
export function breachesOf(facts: Facts, settings: DisciplineSettings, options: AccountOptions): Breach[] {
  const hours = new WorkingHours(options.zone, options.specialDays ?? RUSSIAN_SPECIAL_DAYS);
  const judging = new Judging(new Ledger(facts), hours, settings, options.until);
  return inOrder([
    ...breachesOfLeads(judging),
    ...breachesOfMovement(judging),
    ...breachesOfCompleteness(judging),
    ...breachesOfActivities(judging),
    ...breachesOfClients(judging),
    ...breachesOfInvoices(judging),
    ...breachesOfOwnership(judging),
  ]);
}
