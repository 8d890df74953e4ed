import { useSpeech } from '../i18n/i18n.js';
import { useLive } from '../live/live-changes.js';
import classes from './live-banner.module.css';

/** Says that figures no longer follow the portal; gone as soon as they do again. */
export function LiveBanner() {
  const { t } = useSpeech();
  const { state } = useLive();
  return (
    <div role="status" aria-live="polite">
      {state === 'lost' && <p className={classes.banner}>{t('live.lostBanner')}</p>}
    </div>
  );
}
