import { type Listing, type ListingName, listings } from '@funnelwatch/bitrix24';
import type { EntityKind, PipelineObjectKind, StageSemantics } from '@funnelwatch/capture-contracts';
import type { PortalConfiguration } from '../configuration/portal-configuration.js';
import { normaliseActivity } from '../normalise/activity.js';
import { normaliseCall } from '../normalise/call.js';
import { normaliseCompany } from '../normalise/company.js';
import { normaliseContact } from '../normalise/contact.js';
import { normaliseDeal } from '../normalise/deal.js';
import { normaliseInvoice } from '../normalise/invoice.js';
import { normaliseLead } from '../normalise/lead.js';
import type { Observation, PortalRow } from '../normalise/observation.js';
import { normaliseRequisite } from '../normalise/requisite.js';
import { normaliseTask } from '../normalise/task.js';
import { normaliseUser } from '../normalise/user.js';

/** A listing whose rows are objects. */
export interface ObjectListing {
  name: ListingName;
  listing: Listing;
  holds: 'objects';
  kind: EntityKind;
  normalise(row: PortalRow, configuration: PortalConfiguration): Observation;
  /** Condition for objects in process, of the listings that are read open ones first. */
  openFilter?: Record<string, string>;
  closedFilter?: Record<string, string>;
}

/** A listing whose rows are entries of the stage history. */
export interface HistoryListing {
  name: ListingName;
  listing: Listing;
  holds: 'stage-history';
  kind: PipelineObjectKind;
}

export type CapturedListing = ObjectListing | HistoryListing;

const objects = (
  name: ListingName,
  kind: EntityKind,
  normalise: ObjectListing['normalise'],
  semanticsField?: string,
): ObjectListing => ({
  name,
  listing: listings[name],
  holds: 'objects',
  kind,
  normalise,
  ...(semanticsField ? { openFilter: { [semanticsField]: 'P' }, closedFilter: { [`!${semanticsField}`]: 'P' } } : {}),
});

const history = (name: ListingName, kind: PipelineObjectKind): HistoryListing => ({
  name,
  listing: listings[name],
  holds: 'stage-history',
  kind,
});

/**
 * Everything that is read row by row, in the order of a backfill: people, objects with stages, what happened with
 * them, whom they concern, the rest. Stage history comes after its objects.
 */
export const capturedListings: readonly CapturedListing[] = [
  objects('activeUsers', 'user', normaliseUser),
  objects('dismissedUsers', 'user', normaliseUser),
  objects('leads', 'lead', (row, { fieldTypes }) => normaliseLead(row, fieldTypes.lead), 'STATUS_SEMANTIC_ID'),
  objects('deals', 'deal', (row, { fieldTypes }) => normaliseDeal(row, fieldTypes.deal), 'STAGE_SEMANTIC_ID'),
  objects('invoices', 'invoice', (row, configuration) =>
    normaliseInvoice(row, configuration.fieldTypes.invoice, invoiceSemantics(configuration)),
  ),
  objects('activities', 'activity', normaliseActivity),
  history('leadStageHistory', 'lead'),
  history('dealStageHistory', 'deal'),
  history('invoiceStageHistory', 'invoice'),
  objects('contacts', 'contact', (row, { fieldTypes }) => normaliseContact(row, fieldTypes.contact)),
  objects('companies', 'company', (row, { fieldTypes }) => normaliseCompany(row, fieldTypes.company)),
  objects('calls', 'call', normaliseCall),
  objects('tasks', 'task', normaliseTask),
  objects('requisites', 'requisite', normaliseRequisite),
];

/** Without these nothing can be said about sales: when the portal refuses them, the connection has failed. */
export const essentialListings: ReadonlySet<ListingName> = new Set(['activeUsers', 'deals', 'dealStageHistory']);

export const historyListingOf: Record<PipelineObjectKind, HistoryListing> = {
  lead: history('leadStageHistory', 'lead'),
  deal: history('dealStageHistory', 'deal'),
  invoice: history('invoiceStageHistory', 'invoice'),
};

/** Listing of a kind that can be read alone. */
export function objectListingOf(kind: EntityKind): ObjectListing | undefined {
  return capturedListings.find((one): one is ObjectListing => one.holds === 'objects' && one.kind === kind);
}

const semanticsByConfiguration = new WeakMap<PortalConfiguration, Map<string, StageSemantics>>();

function invoiceSemantics(configuration: PortalConfiguration): (stageId: string) => StageSemantics | undefined {
  let known = semanticsByConfiguration.get(configuration);
  if (!known) {
    const stages = (configuration.pipelines.invoice ?? []).flatMap((pipeline) => pipeline.stages);
    known = new Map(stages.map((stage) => [stage.stageId, stage.semantics]));
    semanticsByConfiguration.set(configuration, known);
  }
  const semantics = known;
  return (stageId) => semantics.get(stageId);
}
