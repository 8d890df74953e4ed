import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Portal } from '../api/schema.js';
import { tell } from '../api/problem.js';
import { dayIn, formatDay, formatDuration, formatInstant, formatTime } from '../format/dates.js';
import { formatCount, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { useAccess } from '../session/use-me.js';
import { BackfillProgress } from './backfill-progress.js';
import { completenessOf, isStale } from './portal-state.js';
import { kindKey, kindOrder } from './kind-names.js';
import classes from './portal-card.module.css';
import { PortalMenu } from './portal-menu.js';

const stateTexts = {
  connected: 'portal.connected',
  connecting: 'portal.connecting',
  failed: 'portal.failed',
} as const satisfies Record<string, MessageKey>;

/** One portal: connection, progress of the history, freshness, completeness, what is held. */
export function PortalCard({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const { connection } = portal;
  const told = tell(connection.code, connection.message, language, t);
  const isPaused = portal.status === 'paused';
  return (
    <article className={classes.card} aria-label={portal.name}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h2 className={classes.name}>{portal.name}</h2>
          <span className={classes.host}>{portal.host}</span>
        </div>
        <span className={classes.state} data-state={isPaused ? 'paused' : connection.state}>
          <span className={classes.dot} aria-hidden />
          {isPaused ? t('portal.paused') : t(stateTexts[connection.state])}
        </span>
        {may('figures.read', portal.portalId) && (
          <Button
            size="xs"
            className={classes.open ?? ''}
            renderRoot={(props: object) => (
              <Link {...props} to="/portals/$portalId/funnel" params={{ portalId: portal.portalId }} />
            )}
          >
            {t('portal.openFunnel')}
          </Button>
        )}
        {may('portal.manage', portal.portalId) && <PortalMenu portal={portal} />}
      </header>
      {isPaused && <div className={classes.paused}>{t('portal.pausedNote')}</div>}
      {!isPaused && connection.state === 'failed' && (
        <div className={classes.failure} role="alert">
          <strong>{t('portal.failed')}.</strong> {told.sentence} {t('portal.failedHeals')}
          {told.detail !== null && (
            <span className={classes.reason} lang="en">
              {told.detail}
            </span>
          )}
        </div>
      )}
      {portal.visibilityLost.map((loss) => {
        const key = kindKey(loss.kind);
        return (
          <div key={loss.kind} className={classes.failure} role="alert">
            {t('portal.visibilityLost', {
              n: loss.missing,
              held: loss.held,
              kind: key === null ? loss.kind : t(key, { n: 1 }),
            })}
          </div>
        );
      })}
      {!isPaused && <BackfillProgress portal={portal} />}
      <dl className={classes.facts}>
        <Freshness portal={portal} />
        <Completeness portal={portal} />
        <Limits portal={portal} />
      </dl>
      <Counts portal={portal} />
    </article>
  );
}

function Freshness({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { through, lagSeconds, eventsBehind } = portal.freshness;
  const isToday = through !== null && dayIn(through, portal.zone) === dayIn(new Date(), portal.zone);
  return (
    <div className={classes.fact}>
      <dt>{t('portal.freshness')}</dt>
      <dd className={classes.figure} data-bad={isStale(portal) || undefined}>
        {through === null
          ? t('portal.notYet')
          : t('portal.through', {
              at: isToday ? formatTime(through, portal.zone, language) : formatInstant(through, portal.zone, language),
            })}
      </dd>
      <dd className={classes.detail}>
        {through === null
          ? t('portal.throughLater')
          : [
              lagSeconds === null ? null : t('portal.lag', { lag: formatDuration(lagSeconds * 1000, language) }),
              eventsBehind > 0 ? t('freshness.behind', { n: eventsBehind }) : t('freshness.upToDate'),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
      </dd>
    </div>
  );
}

function Completeness({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { certificate } = portal;
  const share = completenessOf(certificate);
  return (
    <div className={classes.fact}>
      <dt>{t('portal.certificate')}</dt>
      {certificate === null || share === null ? (
        <>
          <dd className={classes.figure}>{t('portal.notYet')}</dd>
          <dd className={classes.detail}>{t('portal.certificateLater')}</dd>
        </>
      ) : (
        <>
          <dd className={classes.figure} data-bad={certificate.unexplained !== 0 || undefined}>
            {formatPercent(share, language)}
          </dd>
          <dd className={classes.detail}>
            {t('portal.certificateDetail', {
              held: certificate.held,
              expected: certificate.expected,
              day: formatDay(certificate.day, language),
            })}
            {' · '}
            {certificate.unexplained === 0
              ? t('portal.noGap')
              : t('portal.gap', { n: Math.abs(certificate.unexplained) })}
            {certificate.scope === 'open-objects' && ` · ${t('portal.openOnly')}`}
          </dd>
        </>
      )}
    </div>
  );
}

function Limits({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const { budget } = portal;
  const details =
    budget === null
      ? []
      : [
          budget.level === null || budget.capacity === null
            ? null
            : t('portal.level', { level: Math.ceil(budget.level), capacity: budget.capacity }),
          budget.waiting > 0 ? t('portal.waiting', { n: budget.waiting }) : null,
          budget.refused > 0 ? t('portal.refused', { n: budget.refused }) : null,
          budget.pausedMethods.length > 0
            ? t('portal.pausedMethods', { methods: budget.pausedMethods.map((each) => each.method).join(', ') })
            : null,
        ].filter((part) => part !== null);
  return (
    <div className={classes.fact}>
      <dt>{t('portal.budget')}</dt>
      <dd className={classes.figure}>
        {budget === null ? t('portal.noBudget') : t('portal.requests', { n: budget.sent })}
      </dd>
      <dd className={classes.detail}>{details.join(' · ')}</dd>
    </div>
  );
}

function Counts({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const counts = Object.entries(portal.counts)
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => kindOrder(one) - kindOrder(other));
  if (counts.length === 0) return null;
  return (
    <ul className={classes.counts} aria-label={t('portal.counts')}>
      {counts.map(([kind, count]) => {
        const key = kindKey(kind);
        return (
          <li key={kind}>
            <span className={classes.count}>{formatCount(count)}</span>{' '}
            <span className={classes.kind}>{key === null ? kind : t(key, { n: count })}</span>
          </li>
        );
      })}
    </ul>
  );
}
