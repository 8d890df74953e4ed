import { Switch } from '@mantine/core';
import { useSpeech } from '../i18n/i18n.js';
import { useAccess } from '../session/use-me.js';
import { LockIcon } from '../ui/icons.js';
import { usePersonalSwitch } from './personal-data.js';
import classes from './personal-switch.module.css';

/** Shows or hides personal data in this tab; says so to whoever may not see it. */
export function PersonalSwitch({ portalId }: { portalId: string }) {
  const { t } = useSpeech();
  const { isShown, setIsShown } = usePersonalSwitch();
  if (!useAccess().may('personal.read', portalId)) {
    return (
      <p className={classes.note}>
        <LockIcon /> {t('personal.notYours')}
      </p>
    );
  }
  return (
    <Switch
      size="xs"
      className={classes.switch ?? ''}
      classNames={{ track: classes.track ?? '' }}
      checked={isShown}
      onChange={(event) => setIsShown(event.currentTarget.checked)}
      label={
        <>
          {t('personal.show')} <span className={classes.recorded}>{t('personal.recorded')}</span>
        </>
      }
    />
  );
}
