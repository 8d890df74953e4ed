import { formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { standingOf } from './alarms.js';
import { byOutbox } from './portal-order.js';
import { PortalPanel } from './portal-panel.js';
import classes from './outbox-panel.module.css';
import type { WatchedPortals } from './watched-portals.js';

/** Messages that have not reached their portal; nothing where every one has. */
export function OutboxPanel({ portals, signals }: WatchedPortals) {
  const { t, language } = useSpeech();
  if (portals === undefined || portals.every(({ outbox }) => outbox === null)) return null;
  return (
    <PortalPanel
      title={t('outbox.title')}
      note={t('outbox.note')}
      portals={portals}
      arrange={byOutbox}
      empty={t('watched.noPortals')}
      columns={[
        { label: t('outbox.due') },
        { label: t('outbox.held') },
        { label: t('outbox.undelivered') },
        { label: t('outbox.overdue') },
      ]}
      cells={({ portalId, outbox }) =>
        outbox !== null && (
          <>
            <td>{formatCount(outbox.due)}</td>
            <td>{formatCount(outbox.held)}</td>
            <td>{formatCount(outbox.undelivered)}</td>
            <td className={classes.figure} data-standing={standingOf(signals, portalId, 'outbox_overdue')}>
              {outbox.overdueSeconds === 0 ? '—' : formatDuration(outbox.overdueSeconds * 1000, language)}
            </td>
          </>
        )
      }
    />
  );
}
