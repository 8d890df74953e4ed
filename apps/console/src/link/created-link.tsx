import { Button, Textarea } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { CreatedLink as Link } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './created-link.module.css';

/** A one-time link to be handed over; it is shown this once. */
export function CreatedLink({ link, zone }: { link: Link; zone: string }) {
  const { t, language } = useSpeech();
  const clipboard = useClipboard({ timeout: 2500 });
  const address = `${window.location.origin}${link.path}`;
  return (
    <div className={classes.box}>
      <Textarea
        label={t('created.label')}
        value={address}
        readOnly
        autosize
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: classes.address ?? '' }}
        data-autofocus
      />
      <div className={classes.actions}>
        <Button onClick={() => clipboard.copy(address)}>
          {t(clipboard.copied ? 'created.copied' : 'created.copy')}
        </Button>
        <span className={classes.until}>{t('link.until', { at: formatInstant(link.expiresAt, zone, language) })}</span>
      </div>
      {clipboard.error !== null && <p className={classes.note}>{t('created.copyYourself')}</p>}
      <p className={classes.note}>{t('created.once')}</p>
    </div>
  );
}
