import type { PortalCapture } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { formatCount, formatDecimal } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './budget-panel.module.css';
import { byBudget, usedShare } from './portal-order.js';
import { PortalPanel } from './portal-panel.js';
import type { WatchedPortals } from './watched-portals.js';

/** Operating seconds that a method may use in ten minutes. */
const OPERATING_SECONDS = 480;
/** From this share on a limit is nearly used up. */
const HIGH = 0.8;
/** Capture writes its state with every poll; older figures are of a capture that no longer does. */
const OLD_SECONDS = 180;

type Budget = NonNullable<PortalCapture['budget']>;

/** How much of each portal's own limits is in use, and what that holds up. */
export function BudgetPanel({ portals, at }: WatchedPortals & { at: string }) {
  const { t } = useSpeech();
  return (
    <PortalPanel
      title={t('budget.title')}
      note={t('budget.note')}
      portals={portals}
      arrange={byBudget}
      empty={t('budget.empty')}
      columns={[
        { label: t('budget.level'), isLeft: true },
        { label: t('budget.waiting') },
        { label: t('budget.refused') },
        { label: t('budget.busiest'), isLeft: true },
        { label: t('budget.paused') },
      ]}
      cells={(portal) => portal.budget !== null && <Cells portal={portal} budget={portal.budget} at={at} />}
    />
  );
}

function Cells({ portal, budget, at }: { portal: PortalCapture; budget: Budget; at: string }) {
  const { t, language } = useSpeech();
  const share = usedShare(portal);
  const oldMs = Date.parse(at) - Date.parse(budget.notedAt);
  return (
    <>
      <td data-left>
        {share === null || budget.level === null || budget.capacity === null ? (
          <span className={classes.faint}>{t('budget.noLevel')}</span>
        ) : (
          <Gauge
            share={share}
            text={t('fleet.level', { level: Math.ceil(budget.level), capacity: Math.round(budget.capacity) })}
          />
        )}
        {oldMs > OLD_SECONDS * 1000 && (
          <span className={classes.under}>{t('budget.noted', { age: formatDuration(oldMs, language) })}</span>
        )}
      </td>
      <td>{formatCount(budget.waiting)}</td>
      <td>
        {formatCount(budget.refused)} <span className={classes.faint}>{t('budget.ofSent', { n: budget.sent })}</span>
      </td>
      <td data-left>
        {budget.busiestMethod === null || budget.busiestSeconds === null ? (
          '—'
        ) : (
          <>
            <Gauge
              share={Math.min(1, budget.busiestSeconds / OPERATING_SECONDS)}
              text={t('budget.operating', {
                seconds: formatDecimal(budget.busiestSeconds, budget.busiestSeconds < 10 ? 1 : 0, language),
                limit: OPERATING_SECONDS,
              })}
            />
            <code className={classes.under}>{budget.busiestMethod}</code>
          </>
        )}
      </td>
      <td className={classes.paused} data-some={budget.pausedMethods > 0 || undefined}>
        {budget.pausedMethods === 0 ? '—' : t('budget.pausedMethods', { n: budget.pausedMethods })}
      </td>
    </>
  );
}

/** A small bar beside its numbers; whoever does not see it has the numbers. */
function Gauge({ share, text }: { share: number; text: string }) {
  return (
    <span className={classes.gauge}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} data-high={share > HIGH || undefined} style={{ width: `${share * 100}%` }} />
      </span>
      {text}
    </span>
  );
}
