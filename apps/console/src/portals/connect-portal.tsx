import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import classes from './connect-portal.module.css';
import { ProblemNote } from './problem-note.js';
import { useRegisterPortal } from './use-portals.js';
import { WebhookInput } from './webhook-input.js';
import { isWebhookUrl } from './webhook-url.js';

/** How to make an incoming webhook, and the form that takes it. */
export function ConnectPortal({ isFirst, onConnected }: { isFirst: boolean; onConnected: () => void }) {
  const { t } = useSpeech();
  const register = useRegisterPortal();
  const [webhookUrl, setWebhookUrl] = useState('');
  const [name, setName] = useState('');
  const [isChecked, setIsChecked] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (!isWebhookUrl(webhookUrl)) return;
    register.mutate(
      { webhookUrl: webhookUrl.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) },
      {
        onSuccess: () => {
          setWebhookUrl('');
          setName('');
          setIsChecked(false);
          onConnected();
        },
      },
    );
  };

  return (
    <div className={classes.place}>
      <Panel title={isFirst ? t('connect.first') : t('connect.title')} note={t('connect.note')}>
        <div className={classes.columns}>
          <ol className={classes.steps}>
            <li>{t('connect.step1')}</li>
            <li>{t('connect.step2')}</li>
            <li>{t('connect.step3')}</li>
          </ol>
          <form className={classes.form} onSubmit={submit} noValidate>
            <WebhookInput
              label={t('connect.webhook')}
              value={webhookUrl}
              onChange={(value) => {
                setWebhookUrl(value);
                register.reset();
              }}
              isChecked={isChecked}
              required
            />
            <TextInput
              label={t('connect.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={100}
              autoComplete="off"
            />
            {register.isError && <ProblemNote error={register.error} />}
            <Button type="submit" loading={register.isPending}>
              {t('connect.submit')}
            </Button>
            <p className={classes.safe}>{t('connect.safe')}</p>
          </form>
        </div>
      </Panel>
    </div>
  );
}
