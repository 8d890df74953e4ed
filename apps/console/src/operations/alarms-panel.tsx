import type { OperationsSummary, PortalCapture } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { alarmAdvice, alarmReason, alarmText } from './alarm-words.js';
import { alarmsOf, runbooks } from './alarms.js';
import type { Alarm } from './alarms.js';
import classes from './alarms-panel.module.css';
import { PortalLink } from './portal-link.js';
import { ShowAll, useShown } from './show-all.js';
import type { useSignals } from './use-operations.js';

const ALARMS_SHOWN = 8;

type AlarmsPanelProps = {
  signals: ReturnType<typeof useSignals>;
  summary: OperationsSummary;
  portals: readonly PortalCapture[];
};

/** What somebody has to look at and what to do about it, critical first; one quiet line when all is well. */
export function AlarmsPanel({ signals, summary, portals }: AlarmsPanelProps) {
  const { t } = useSpeech();
  const alarms = alarmsOf(signals.data?.items ?? [], summary, portals);
  const list = useShown(alarms, ALARMS_SHOWN);
  const counts = (['critical', 'warning'] as const)
    .map((standing) => ({ standing, n: alarms.filter((alarm) => alarm.standing === standing).length }))
    .filter(({ n }) => n > 0);
  return (
    <Panel
      title={t('alarms.title')}
      note={
        // Ages change all the time and are not read out; how many there are is.
        <span role="status">{counts.map(({ standing, n }) => t(`alarms.${standing}`, { n })).join(', ')}</span>
      }
      flush
    >
      {signals.isError && <ErrorState error={signals.error} retry={() => void signals.refetch()} />}
      {signals.isPending && <TableSkeleton rows={2} />}
      {signals.isSuccess && alarms.length === 0 && (
        <p className={classes.well}>
          <span className={classes.dot} aria-hidden />
          {t('alarms.none', { n: watchedOf(signals.data.counts) })}
        </p>
      )}
      {alarms.length > 0 && (
        <ul className={classes.list} aria-label={t('alarms.title')} data-stale={signals.isError || undefined}>
          {list.shown.map((alarm) => (
            <AlarmLine key={alarm.key} alarm={alarm} />
          ))}
        </ul>
      )}
      <ShowAll list={list} label={t('alarms.all', { n: alarms.length })} />
    </Panel>
  );
}

/** Signals, and whether the log has holes. */
const watchedOf = ({ critical, warning, well }: { critical: number; warning: number; well: number }): number =>
  critical + warning + well + 1;

function AlarmLine({ alarm }: { alarm: Alarm }) {
  const { t, language } = useSpeech();
  const { standing, portal, kind, code } = alarm;
  const reason = alarmReason(alarm, t, language);
  return (
    <li className={classes.alarm} data-standing={standing}>
      <span className={classes.standing}>{t(standing === 'critical' ? 'alarms.isCritical' : 'alarms.isWarning')}</span>
      <div className={classes.told}>
        <p className={classes.what}>
          {portal !== null && (
            <>
              <PortalLink portalId={portal.portalId} name={portal.name} />
              <span aria-hidden> · </span>
            </>
          )}
          {alarmText(alarm, t, language)}
          {reason !== null && (
            <>
              {' '}
              {reason} <code className={classes.code}>{code}</code>
            </>
          )}
        </p>
        <p className={classes.advice}>
          {alarmAdvice(alarm, t)} <code className={classes.runbook}>docs/runbooks/{runbooks[kind]}.md</code>
        </p>
      </div>
    </li>
  );
}
