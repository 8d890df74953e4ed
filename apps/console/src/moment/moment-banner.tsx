import { UnstyledButton } from '@mantine/core';
import { formatInstantLong } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ClockIcon } from '../ui/icons.js';
import { now, useMoment } from './moment.js';
import type { Moment } from './moment.js';
import classes from './moment-banner.module.css';

/** Says that the page is about a past moment; one click leads back to now. Stays in sight while the page scrolls. */
export function MomentBanner({ zone, onMoment }: { zone: string; onMoment: (moment: Moment) => void }) {
  const { t, language } = useSpeech();
  const { asOf } = useMoment();
  return (
    <div role="status" className={classes.place} data-shown={asOf !== undefined || undefined}>
      {asOf !== undefined && (
        <div className={classes.banner}>
          <ClockIcon />
          <p className={classes.text}>
            <strong>{t('moment.banner', { at: formatInstantLong(asOf, zone, language) })}</strong>{' '}
            <span className={classes.note}>{t('moment.bannerNote')}</span>
          </p>
          <UnstyledButton className={classes.back} onClick={() => onMoment(now)}>
            {t('moment.back')}
          </UnstyledButton>
        </div>
      )}
    </div>
  );
}
