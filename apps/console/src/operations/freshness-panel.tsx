import { tell } from '../api/problem.js';
import type { Portal, PortalCapture } from '../api/schema.js';
import { formatDuration, formatInstantExact } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { formatPercent } from '../format/numbers.js';
import { readShareOf } from '../fleet/fleet-order.js';
import { useSpeech } from '../i18n/i18n.js';
import { standingOf } from './alarms.js';
import classes from './freshness-panel.module.css';
import { byFreshness } from './portal-order.js';
import { PortalPanel } from './portal-panel.js';
import type { WatchedPortals } from './watched-portals.js';

type FreshnessPanelProps = WatchedPortals & {
  /** When the rows were read. */
  at: string;
  /** The list of portals, which knows how much of the history is read. */
  known: readonly Portal[];
};

/** When each portal last answered, and through which moment its data are complete. */
export function FreshnessPanel({ portals, signals, at, known }: FreshnessPanelProps) {
  const { t, language } = useSpeech();
  const age = (seconds: number) => formatDuration(seconds * 1000, language);
  return (
    <PortalPanel
      title={t('fresh.title')}
      note={t('fresh.note')}
      portals={portals}
      arrange={byFreshness}
      empty={t('watched.noPortals')}
      columns={[
        { label: t('fresh.state'), isLeft: true },
        { label: t('fresh.polled') },
        { label: t('fresh.through') },
        { label: t('fresh.lag') },
      ]}
      cells={({ portalId, zone, lastPollAt, pollAgeSeconds, dataThrough, dataAgeSeconds, ...portal }) => (
        <>
          <td data-left data-wrap>
            <State portal={{ ...portal, portalId }} known={known.find((each) => each.portalId === portalId)} />
          </td>
          <td className={classes.figure} data-standing={standingOf(signals, portalId, 'capture_lag', 'capture_silent')}>
            {lastPollAt === null || pollAgeSeconds === null ? (
              '—'
            ) : (
              <time dateTime={lastPollAt} title={formatInstantExact(lastPollAt, zone, language)}>
                {t('watched.ago', { age: age(pollAgeSeconds) })}
              </time>
            )}
          </td>
          <td>
            {dataThrough === null ? (
              '—'
            ) : (
              <time dateTime={dataThrough} title={`${formatInstantExact(dataThrough, zone, language)}, ${zone}`}>
                {formatMoment(dataThrough, zone, language, Date.parse(at))}
              </time>
            )}
          </td>
          <td>{dataAgeSeconds === null ? '—' : age(dataAgeSeconds)}</td>
        </>
      )}
    />
  );
}

type Told = Pick<PortalCapture, 'portalId' | 'status' | 'connectionState' | 'connectionCode' | 'phase'>;

/** Paused, broken and why, or how far it is read. */
function State({ portal, known }: { portal: Told; known: Portal | undefined }) {
  const { t, language } = useSpeech();
  const { connectionCode, phase } = portal;
  const state = stateOf(portal);
  const share = known === undefined || phase !== 'backfill' ? null : readShareOf(known);
  return (
    <>
      <span className={classes.state} data-state={state}>
        <span className={classes.dot} aria-hidden />
        {state === 'backfill' && share !== null
          ? t('fresh.backfillShare', { share: formatPercent(share, language) })
          : t(`fresh.${state}`)}
      </span>
      {state === 'failed' && connectionCode !== null && (
        <span className={classes.reason}>
          {tell(connectionCode, null, language, t).sentence} <code>{connectionCode}</code>
        </span>
      )}
    </>
  );
}

function stateOf({ status, connectionState, phase }: Told) {
  if (status === 'paused') return 'paused';
  if (connectionState === 'failed') return 'failed';
  if (phase === 'failed') return 'stopped';
  return connectionState === 'connecting' ? 'connecting' : phase;
}
