import type { MessageKey, Translate } from '../i18n/i18n.js';

const names: Readonly<Record<string, MessageKey>> = {
  activeUsers: 'listing.activeUsers',
  dismissedUsers: 'listing.dismissedUsers',
  leads: 'listing.leads',
  deals: 'listing.deals',
  invoices: 'listing.invoices',
  activities: 'listing.activities',
  leadStageHistory: 'listing.leadStageHistory',
  dealStageHistory: 'listing.dealStageHistory',
  invoiceStageHistory: 'listing.invoiceStageHistory',
  contacts: 'listing.contacts',
  companies: 'listing.companies',
  calls: 'listing.calls',
  tasks: 'listing.tasks',
  requisites: 'listing.requisites',
  dealProductRows: 'listing.dealProductRows',
  invoiceProductRows: 'listing.invoiceProductRows',
  leadProductRows: 'listing.leadProductRows',
};

/** The name of what a backfill reads; the API's own word where the console has none. */
export function listingName(listing: string, t: Translate): string {
  const key = names[listing];
  return key === undefined ? listing : t(key);
}
