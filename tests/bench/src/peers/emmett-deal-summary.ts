import { pongoSingleStreamProjection } from '@event-driven-io/emmett-postgresql';
import { afterChange, type DealSummary } from '../rebuild/deal-summary.js';
import type { DealChangedMessage } from './emmett.js';

/** As Pongo wants its documents declared. */
type DealSummaryDocument = Pick<DealSummary, keyof DealSummary>;

/** The same read model as Emmett's documentation builds one: a document per stream, kept by Pongo. */
export const emmettDealSummary = pongoSingleStreamProjection<DealSummaryDocument, DealChangedMessage>({
  collectionName: 'deal_summary',
  canHandle: ['DealChanged'],
  evolve: (document: DealSummaryDocument | null, { data }: DealChangedMessage) => afterChange(document, data),
});
