import type { AsOf, Pipeline, Portal, Seller } from '../api/schema.js';
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
  /** Users whose figures alone may be asked for; null for everybody's. */
  ownUserIds: readonly string[] | null;
  period: Period;
  search: FunnelSearch;
};

/** The place part of every query. */
export function placeOf(frame: FunnelFrame) {
  return { pipeline: frame.pipeline.pipelineId, seller: frame.seller };
}

/** Which past an answer is about, as part of what its figures were counted with; empty for the present. */
export function pastOf(asOf: AsOf): string {
  return [asOf.asked ?? '', asOf.isAsAt ? asOf.position : ''].join(' ');
}

/** Days each object is followed, or `none`. */
export function horizonOf(search: FunnelSearch): number | 'none' {
  return search.horizon === undefined ? 'none' : Number(search.horizon);
}

/** The query of a number: the page's filters, narrowed by the number's own. */
export function figureQueryOf(frame: FunnelFrame, target: FigureTarget, monthPeriod: Period | null): FigureQuery {
  const [view, figure] = target.figure.split('.');
  const place = {
    pipeline: frame.pipeline.pipelineId,
    seller: sellerOf(frame, target),
    ...(target.stage === undefined ? {} : { stage: target.stage }),
    ...(target.toStage === undefined ? {} : { toStage: target.toStage }),
  };
  const period = monthPeriod ?? frame.period;
  const horizonDays = horizonOf(frame.search);
  switch (view) {
    case 'now':
    case 'gone':
      return { ...place, view, figure: figure as FigureQuery['figure'] };
    case 'chain':
      // The chain is the step from the first stage to a later one, always by the definition `reached`.
      return {
        ...place,
        ...period,
        view: 'cohort',
        figure: figure === 'reached' ? 'converted' : (figure as FigureQuery['figure']),
        definition: 'reached',
        horizonDays,
      };
    case 'cohort': {
      const { definition } = frame.search;
      return {
        ...place,
        ...period,
        view,
        figure: figure as FigureQuery['figure'],
        definition: definition === undefined || definition === 'transition' ? 'reached' : definition,
        horizonDays,
      };
    }
    default:
      return {
        ...place,
        ...period,
        view: view === 'transitions' ? 'transitions' : 'flow',
        figure: figure as FigureQuery['figure'],
      };
  }
}

/**
 * The seller whose figures are asked for. Whoever sees only their own asks with a user of theirs, whatever stands in the
 * address; null when they have none.
 */
export function allowedSeller(seller: string | undefined, ownUserIds: readonly string[] | null): string | null {
  if (ownUserIds === null) return seller ?? 'all';
  return seller !== undefined && ownUserIds.includes(seller) ? seller : (ownUserIds[0] ?? null);
}

/** The seller of a number: its own, where it has one that may be asked for, else the page's. */
export function sellerOf(frame: Pick<FunnelFrame, 'seller' | 'ownUserIds'>, target: FigureTarget): string {
  return allowedSeller(target.of ?? frame.seller, frame.ownUserIds) ?? frame.seller;
}

/** A seller's name to show: the person's, or why there is none. */
export function sellerName(seller: { sellerId: string; name: string | null }, t: Translate): string {
  if (seller.sellerId === 'unknown') return t('seller.unknown');
  return seller.name ?? t('seller.nameless', { id: seller.sellerId });
}
