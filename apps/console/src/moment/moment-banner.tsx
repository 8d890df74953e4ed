import { UnstyledButton } from '@mantine/core';
import { formatInstantExact, formatInstantLong } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ClockIcon } from '../ui/icons.js';
import { isPast, now, useMoment } from './moment.js';
import type { Moment } from './moment.js';
import { usePastKnowledge } from './use-past-knowledge.js';
import classes from './moment-banner.module.css';

type MomentBannerProps = { portalId: string; zone: string; onMoment: (moment: Moment) => void };

/** Says that the page is about a past moment; one click leads back to now. Stays in sight while the page scrolls. */
export function MomentBanner({ portalId, zone, onMoment }: MomentBannerProps) {
  const { t } = useSpeech();
  const moment = useMoment();
  const isShown = isPast(moment);
  const { title, note } = useMomentText(portalId, zone);
  return (
    <div role="status" className={classes.place} data-shown={isShown || undefined}>
      {isShown && (
        <div className={classes.banner}>
          <ClockIcon />
          <p className={classes.text}>
            <strong>{title}</strong> <span className={classes.note}>{note}</span>
          </p>
          <UnstyledButton className={classes.back} onClick={() => onMoment(now)}>
            {t('moment.back')}
          </UnstyledButton>
        </div>
      )}
    </div>
  );
}

function useMomentText(portalId: string, zone: string): { title: string; note: string } {
  const { t, language } = useSpeech();
  const { asOf, asAt } = useMoment();
  const past = usePastKnowledge(portalId, asAt);
  const at = asOf === undefined ? '' : formatInstantLong(asOf, zone, language);
  if (asAt === undefined) return { title: t('moment.banner', { at }), note: t('moment.bannerNote') };
  const { knownAt } = past.data ?? {};
  if (knownAt === undefined) return { title: t('moment.positionBanner', { position: asAt }), note: '' };
  const known = formatInstantExact(knownAt, zone, language);
  return {
    title: asOf === undefined ? t('moment.knownBanner', { known }) : t('moment.bothBanner', { at, known }),
    note: t('moment.knownNote', { position: asAt }),
  };
}
