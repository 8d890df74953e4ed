import { Button, Chip, Drawer, Select, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { SubmitEvent } from 'react';
import { ApiProblem } from '../api/problem.js';
import type { Portal } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './portal-settings.module.css';
import { ProblemNote } from './problem-note.js';
import { useManagePortal } from './use-portals.js';
import { WebhookInput } from './webhook-input.js';
import { isWebhookUrl } from './webhook-url.js';

/** What a person sets for a portal, and its webhook; open beside the list. */
export function PortalSettings({ portal, isOpen, onClose }: { portal: Portal; isOpen: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  const isNarrow = useMediaQuery('(max-width: 700px)');
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={isNarrow === true ? '100%' : 480}
      title={t('settings.title', { name: portal.name })}
      closeButtonProps={{ 'aria-label': t('settings.close') }}
    >
      <SettingsForm portal={portal} onSaved={onClose} />
      <WebhookForm portal={portal} />
    </Drawer>
  );
}

function SettingsForm({ portal, onSaved }: { portal: Portal; onSaved: () => void }) {
  const { t, language } = useSpeech();
  const { change } = useManagePortal(portal.portalId);
  // What was there when the form was opened: what others change meanwhile is told when saving, and nothing typed is lost.
  const [version] = useState(portal.settingsVersion);
  const [name, setName] = useState(portal.name);
  const [zone, setZone] = useState(portal.zone);
  const [speech, setSpeech] = useState(portal.language === 'en' ? 'en' : 'ru');
  const [hours, setHours] = useState(portal.workingHours);
  const zones = useMemo(() => [...new Set([portal.zone, ...Intl.supportedValuesOf('timeZone')])].sort(), [portal.zone]);
  const days = useMemo(() => dayNames(language), [language]);
  const isNamed = name.trim() !== '';
  const isSound = hours.days.length > 0 && hours.from < hours.to && hours.from !== '';

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isNamed || !isSound) return;
    const settings = { name: name.trim(), zone, language: speech === 'en' ? ('en' as const) : ('ru' as const) };
    change.mutate({ version, ...settings, workingHours: hours }, { onSuccess: onSaved });
  };
  const wasChanged = change.error instanceof ApiProblem && change.error.code === 'PORTAL_CHANGED';

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('settings.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
        error={isNamed ? undefined : t('settings.nameMissing')}
        data-autofocus
      />
      <Select
        label={t('settings.zone')}
        description={t('settings.zoneNote')}
        data={zones}
        value={zone}
        onChange={(chosen) => setZone(chosen ?? portal.zone)}
        searchable
        allowDeselect={false}
        limit={60}
        nothingFoundMessage={t('settings.zoneUnknown')}
      />
      <Select
        label={t('settings.language')}
        description={t('settings.languageNote')}
        data={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
        value={speech}
        onChange={(chosen) => setSpeech(chosen === 'en' ? 'en' : 'ru')}
        allowDeselect={false}
      />
      <fieldset className={classes.hours}>
        <legend>{t('settings.hours')}</legend>
        <p className={classes.note}>{t('settings.hoursNote')}</p>
        <Chip.Group
          multiple
          value={hours.days.map(String)}
          onChange={(chosen) => setHours({ ...hours, days: chosen.map(Number).sort((one, other) => one - other) })}
        >
          <div className={classes.days}>
            {days.map(({ day, name: dayName }) => (
              <Chip key={day} value={String(day)} size="xs" radius="sm">
                {dayName}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        <div className={classes.times}>
          <TextInput
            type="time"
            label={t('settings.from')}
            value={hours.from}
            onChange={(event) => setHours({ ...hours, from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('settings.to')}
            value={hours.to}
            onChange={(event) => setHours({ ...hours, to: event.currentTarget.value })}
          />
        </div>
        {!isSound && (
          <p className={classes.wrong} role="alert">
            {t('settings.hoursWrong')}
          </p>
        )}
      </fieldset>
      {change.isError && <ProblemNote error={change.error} />}
      <div className={classes.actions}>
        <Button type="submit" loading={change.isPending} disabled={!isNamed || !isSound || wasChanged}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

function WebhookForm({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const { replaceWebhook } = useManagePortal(portal.portalId);
  const [webhookUrl, setWebhookUrl] = useState('');
  const [isChecked, setIsChecked] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    if (!isWebhookUrl(webhookUrl)) return;
    replaceWebhook.mutate(webhookUrl.trim(), {
      onSuccess: () => {
        setWebhookUrl('');
        setIsChecked(false);
      },
    });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h3 className={classes.heading}>{t('settings.webhook')}</h3>
      <WebhookInput
        label={t('settings.newWebhook')}
        description={t('settings.webhookNote')}
        value={webhookUrl}
        onChange={(value) => {
          setWebhookUrl(value);
          replaceWebhook.reset();
        }}
        isChecked={isChecked}
      />
      {replaceWebhook.isError && <ProblemNote error={replaceWebhook.error} />}
      {replaceWebhook.isSuccess && (
        <p className={classes.done} role="status">
          {t('settings.webhookReplaced')}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" variant="default" loading={replaceWebhook.isPending}>
          {t('settings.replaceWebhook')}
        </Button>
      </div>
    </form>
  );
}

/** Monday first; 2024 began on a Monday. */
function dayNames(language: string): { day: number; name: string }[] {
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: format.format(new Date(Date.UTC(2024, 0, day))) }));
}
