import { useEffect } from 'react';
import type { OperationsSummary } from '../api/schema.js';
import { formatDuration, formatTime } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { Tiles } from '../funnel/tiles.js';
import { usePortals } from '../portals/use-portals.js';
import { BarsSkeleton, ErrorState } from '../ui/states.js';
import { AlarmsPanel } from './alarms-panel.js';
import { CapturePanels } from './capture-panels.js';
import { LagPanel } from './lag-panel.js';
import { RebuildsPanel } from './rebuilds-panel.js';
import { RelayPanel } from './relay-panel.js';
import { QuarantinePanel } from './quarantine-panel.js';
import { useCapture, useOperations, useSignals } from './use-operations.js';
import { WorkersPanel } from './workers-panel.js';
import classes from './operations-page.module.css';

/** How the system itself is doing: alarms, portals and how they are read, workers, lag, quarantine. */
export function OperationsPage() {
  const { t, language } = useSpeech();
  const summary = useOperations();
  const portals = usePortals();
  const signals = useSignals();
  const capture = useCapture();

  useEffect(() => {
    document.title = `${t('operations.title')} · Funnelwatch`;
  }, [t]);

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('operations.title')}</h1>
        {summary.data !== undefined && (
          <span className={classes.at} data-old={summary.isError || undefined}>
            {t('operations.at', { at: formatTime(summary.data.at, zone, language) })}
          </span>
        )}
      </div>
      {summary.isError && <ErrorState error={summary.error} retry={() => void summary.refetch()} />}
      {summary.isPending && <BarsSkeleton />}
      {summary.data !== undefined && (
        <div className={classes.view} data-stale={summary.isError || undefined}>
          <AlarmsPanel signals={signals} summary={summary.data} portals={capture.data?.items ?? []} />
          <SummaryTiles summary={summary.data} />
          <CapturePanels capture={capture} signals={signals.data?.items ?? []} portals={portals.data ?? []} />
          <QuarantinePanel portals={portals.data ?? []} />
          <LagPanel lag={summary.data.lag} />
          <RebuildsPanel />
          <RelayPanel relay={summary.data.relay} />
          <WorkersPanel workers={summary.data.workers} />
        </div>
      )}
    </>
  );
}

/** What serves; a generation that is built or kept beside it is behind for as long as that takes. */
const servingOf = (lag: OperationsSummary['lag']) => lag.filter(({ projection }) => !projection.includes('@'));

function SummaryTiles({ summary }: { summary: OperationsSummary }) {
  const { t, language } = useSpeech();
  const { lag, holes, quarantine, workers } = summary;
  const serving = servingOf(lag);
  const events = serving.reduce((sum, each) => sum + each.events, 0);
  const seconds = Math.max(0, ...serving.map((each) => each.seconds));
  const heads = new Map(lag.map((each) => [each.bucket, each.head]));
  return (
    <Tiles
      label={t('operations.tiles')}
      tiles={[
        {
          label: t('operations.lag'),
          value: formatCount(events),
          detail:
            events === 0
              ? t('operations.upToDate')
              : t('operations.oldest', { age: formatDuration(seconds * 1000, language) }),
        },
        {
          label: t('operations.quarantine'),
          value: formatCount(quarantine.poison + quarantine.queued),
          detail:
            quarantine.oldestSeconds === null
              ? t('operations.quarantineNone')
              : t('operations.oldest', { age: formatDuration(quarantine.oldestSeconds * 1000, language) }),
        },
        {
          label: t('operations.holes'),
          value: holes.count === null ? '…' : formatCount(holes.count),
          detail: t('operations.holesDetail', { n: [...heads.values()].reduce((sum, head) => sum + head, 0) }),
        },
        {
          label: t('operations.workers'),
          value: formatCount(new Set(workers.map(({ name }) => name)).size),
          detail: t('operations.bucketsHeld', { n: workers.reduce((sum, worker) => sum + worker.buckets.length, 0) }),
        },
      ]}
    />
  );
}
