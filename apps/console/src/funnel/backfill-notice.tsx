import { Link } from '@tanstack/react-router';
import { tell } from '../api/problem.js';
import type { Portal } from '../api/schema.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './backfill-notice.module.css';

/** Says that the figures are not whole: the history is still being read, or the portal does not answer. */
export function BackfillNotice({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  if (portal.connection.state === 'failed') {
    return (
      <p className={classes.notice} data-bad role="status">
        {t('notice.failed')} {tell(portal.connection.code, portal.connection.message, language, t).sentence}{' '}
        <Link to="/portals">{t('notice.details')}</Link>
      </p>
    );
  }
  if (portal.phase === 'live') return null;
  const { done, total } = portal.backfill;
  return (
    <p className={classes.notice} role="status">
      {total === null || total === 0
        ? t('notice.reading')
        : t('notice.readingShare', { share: formatPercent(Math.min(1, done / total), language) })}{' '}
      <Link to="/portals">{t('notice.details')}</Link>
    </p>
  );
}
