import { formatDuration } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { byQueue } from './portal-order.js';
import { PortalPanel } from './portal-panel.js';
import classes from './queues-panel.module.css';
import type { WatchedPortals } from './watched-portals.js';

/** How many cases of each portal wait for a curator, and how many too long. */
export function QueuesPanel({ portals }: WatchedPortals) {
  const { t, language } = useSpeech();
  return (
    <PortalPanel
      title={t('load.title')}
      note={t('load.note')}
      portals={portals}
      arrange={byQueue}
      empty={t('load.empty')}
      columns={[
        { label: t('load.open') },
        { label: t('load.overdue') },
        { label: t('load.nearDue') },
        { label: t('load.oldest') },
      ]}
      cells={({ queue }) => (
        <>
          <td>{formatCount(queue.open)}</td>
          <td className={classes.figure} data-some={queue.overdue > 0 || undefined}>
            {formatCount(queue.overdue)}
          </td>
          <td>{formatCount(queue.nearDue)}</td>
          <td>{queue.overdue === 0 ? '—' : formatDuration(queue.oldestOverdueSeconds * 1000, language)}</td>
        </>
      )}
    />
  );
}
