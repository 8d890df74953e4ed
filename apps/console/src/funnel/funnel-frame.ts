import type { Pipeline, Portal, Seller } from '../api/schema.js';
import type { Translate } from '../i18n/i18n.js';
import type { FigureTarget } from './figure.js';
import type { FunnelSearch, Period } from './funnel-search.js';
import type { FigureQuery } from './use-funnel.js';

/** What every part of the page needs to know: which portal, pipeline, people and days are looked at. */
export type FunnelFrame = {
  portalId: string;
  portal: Portal | undefined;
  pipeline: Pipeline;
  sellers: readonly Seller[];
  seller: string;
  period: Period;
  search: FunnelSearch;
};

/** The place part of every query. */
export function placeOf(frame: FunnelFrame) {
  return { pipeline: frame.pipeline.pipelineId, seller: frame.seller };
}

/** Days each object is followed, or `none`. */
export function horizonOf(search: FunnelSearch): number | 'none' {
  return search.horizon === undefined ? 'none' : Number(search.horizon);
}

/** The query of a number: the page's filters, narrowed by the number's own. */
export function figureQueryOf(frame: FunnelFrame, target: FigureTarget, monthPeriod: Period | null): FigureQuery {
  const [view, figure] = target.figure.split('.') as [FigureQuery['view'], FigureQuery['figure']];
  const place = { pipeline: frame.pipeline.pipelineId, seller: target.of ?? frame.seller };
  const narrow = {
    ...(target.stage === undefined ? {} : { stage: target.stage }),
    ...(target.toStage === undefined ? {} : { toStage: target.toStage }),
    ...(target.currency === undefined ? {} : { currency: target.currency }),
  };
  if (view === 'now') return { view, figure, ...place, ...narrow };
  const period = monthPeriod ?? frame.period;
  if (view === 'flow' || view === 'transitions') return { view, figure, ...place, ...period, ...narrow };
  const { definition } = frame.search;
  return {
    view,
    figure,
    ...place,
    ...period,
    ...narrow,
    horizonDays: horizonOf(frame.search),
    ...(view === 'cohort' && definition !== undefined && definition !== 'transition' ? { definition } : {}),
  };
}

/** A seller's name to show: the person's, or why there is none. */
export function sellerName(seller: { sellerId: string; name: string | null }, t: Translate): string {
  if (seller.sellerId === 'unknown') return t('seller.unknown');
  return seller.name ?? t('seller.nameless', { id: seller.sellerId });
}
