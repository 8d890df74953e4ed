import '@mantine/dates/styles.css';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { Portal } from '../api/schema.js';
import { dayIn } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { MomentBanner } from '../moment/moment-banner.js';
import { MomentControl } from '../moment/moment-control.js';
import { MomentContext, isPast, momentOf, useMoment } from '../moment/moment.js';
import type { Moment } from '../moment/moment.js';
import { PastGate } from '../moment/past-gate.js';
import { usePastKnowledge } from '../moment/use-past-knowledge.js';
import { FreshnessBadge } from '../portals/freshness-badge.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { BackfillNotice } from './backfill-notice.js';
import { CohortView } from './cohort-view.js';
import { DrillDrawer } from './drill-drawer.js';
import { FlowView } from './flow-view.js';
import { allowedSeller } from './funnel-frame.js';
import type { FunnelFrame } from './funnel-frame.js';
import { noFigure, periodOf } from './funnel-search.js';
import type { FunnelView } from './funnel-search.js';
import { FunnelToolbar } from './funnel-toolbar.js';
import { NowView } from './now-view.js';
import { usePipelines, useSellers } from './use-funnel.js';
import { ViewTabs } from './view-tabs.js';
import classes from './funnel-page.module.css';

const route = getRouteApi('/portals/$portalId/funnel');

/** The sales funnel of one portal, now or in the past. */
export function FunnelPage() {
  const { t } = useSpeech();
  const { portalId } = route.useParams();
  const { asOf, asAt } = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const moment = useMemo(() => momentOf({ asOf, asAt }), [asOf, asAt]);
  const zone = portal?.zone ?? 'Europe/Moscow';

  useEffect(() => {
    document.title = [t('funnel.title'), portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);

  const showMoment = (next: Moment) =>
    void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false });
  return (
    <MomentContext value={moment}>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('funnel.title')}</h1>
        {!isPast(moment) && portal?.freshness.through != null && (
          <span className={classes.freshness}>
            <FreshnessBadge portal={portal} />
          </span>
        )}
        <MomentControl moment={moment} zone={zone} onMoment={showMoment} />
      </div>
      <MomentBanner portalId={portalId} zone={zone} onMoment={showMoment} />
      {portal !== undefined && <BackfillNotice portal={portal} />}
      <PastGate portalId={portalId} onMoment={showMoment}>
        <FunnelBody portalId={portalId} portal={portal} zone={zone} />
      </PastGate>
    </MomentContext>
  );
}

/** Three views that are never mixed. */
function FunnelBody({ portalId, portal, zone }: { portalId: string; portal: Portal | undefined; zone: string }) {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const moment = useMoment();
  const past = usePastKnowledge(portalId, moment.asAt);
  const pipelines = usePipelines(portalId);
  const sellers = useSellers(portalId);
  const pipelineInput = useRef<HTMLInputElement>(null);

  const view: FunnelView = search.view ?? 'now';
  const show = (next: FunnelView) =>
    void navigate({ search: (before) => ({ ...before, ...noFigure, view: next }), resetScroll: false });
  useKeys({
    Digit1: () => show('now'),
    Digit2: () => show('flow'),
    Digit3: () => show('cohort'),
    Slash: () => pipelineInput.current?.focus(),
  });

  const pipeline =
    pipelines.data?.find((each) => each.pipelineId === search.pipeline) ??
    pipelines.data?.find((each) => each.isDefault && each.kind === 'deal') ??
    pipelines.data?.find((each) => each.kind === 'deal') ??
    pipelines.data?.[0];
  const today = dayIn(moment.asOf ?? past.data?.knownAt ?? portal?.freshness.through ?? new Date(), zone);
  const ownUserIds = useAccess().ownUsersIn(portalId);
  const seller = allowedSeller(search.seller, ownUserIds);
  const frame: FunnelFrame | null =
    pipeline && seller !== null
      ? {
          portalId,
          portal,
          pipeline,
          sellers: sellers.data ?? [],
          seller,
          ownUserIds,
          period: periodOf(search, today),
          search,
        }
      : null;

  return (
    <>
      <ViewTabs view={view} onView={show} />
      {pipelines.isPending && <TableSkeleton />}
      {pipelines.isError && pipelines.data === undefined && (
        <ErrorState error={pipelines.error} retry={() => void pipelines.refetch()} />
      )}
      {seller === null && <EmptyState title={t('empty.own')}>{t('empty.ownDetail')}</EmptyState>}
      {pipelines.data !== undefined && pipeline === undefined && (
        <EmptyState title={t('empty.pipelines')}>{t('empty.pipelinesDetail')}</EmptyState>
      )}
      {frame !== null && (
        <>
          <FunnelToolbar
            frame={frame}
            pipelines={pipelines.data ?? []}
            view={view}
            today={today}
            pipelineInput={pipelineInput}
          />
          <div role="tabpanel" id="funnel-view" aria-labelledby={`tab-${view}`} className={classes.panel}>
            {view === 'now' && <NowView frame={frame} />}
            {view === 'flow' && <FlowView frame={frame} />}
            {view === 'cohort' && <CohortView frame={frame} />}
          </div>
          <DrillDrawer frame={frame} />
        </>
      )}
    </>
  );
}
