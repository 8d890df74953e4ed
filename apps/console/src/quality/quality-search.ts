import type { Permission } from '@funnelwatch/identity-contracts';
import { readDisciplineSearch } from '../discipline/discipline-search.js';

/** Parts of the control of quality, in the order of their keys. */
export const tabs = ['reviews', 'calibration', 'audits', 'scores', 'settings'] as const;
export type QualityTab = (typeof tabs)[number];

/** Whoever may score audits also gives second verdicts: heads of sales do neither. */
const tabNeeds: Record<QualityTab, Permission> = {
  reviews: 'audits.score',
  calibration: 'audits.score',
  audits: 'audits.score',
  scores: 'quality.read',
  settings: 'quality.read',
};

/** What of the control of quality is looked at, as it stands in the address. */
export type QualitySearch = {
  tab?: QualityTab;
  /** The audit that is filled in. */
  audit?: string;
  /** Audits that one has scored, instead of those that wait. */
  audits?: 'scored';
  /** Whole weeks of scores and agreement. */
  from?: string;
  to?: string;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the search; whatever is not valid is left out instead of failing. */
export function readQualitySearch(raw: Record<string, unknown>): QualitySearch {
  const tab = tabs.find((each) => each === raw.tab);
  const { from, to } = readDisciplineSearch(raw);
  return {
    ...(tab !== undefined && { tab }),
    ...(typeof raw.audit === 'string' && UUID.test(raw.audit) && { audit: raw.audit }),
    ...(raw.audits === 'scored' && { audits: 'scored' as const }),
    ...(from !== undefined && to !== undefined && { from, to }),
  };
}

/** The tabs that somebody may open. */
export function tabsFor(may: (permission: Permission) => boolean): QualityTab[] {
  return tabs.filter((tab) => may(tabNeeds[tab]));
}

/** The tab that is shown: the wanted one, else the first that may be opened. */
export function tabOf(wanted: QualityTab | undefined, open: readonly QualityTab[]): QualityTab {
  return open.find((tab) => tab === wanted) ?? open[0] ?? 'scores';
}
