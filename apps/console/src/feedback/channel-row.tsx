import { Button, NumberInput, Switch, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import type { ChannelSetting } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import classes from './feedback-page.module.css';
import { SampleDialog } from './sample-dialog.js';
import { usePortalMessages, useSetChannel } from './use-feedback.js';
import { releasedBy } from './released-messages.js';

const HIGHEST_CAP = 100;

type ChannelRowProps = {
  portalId: string;
  portalName: string;
  setting: ChannelSetting;
  zone: string;
  mayManage: boolean;
};

/** One way into the portal: what it does, whether it is on, how much of it a person gets, and an example. */
export function ChannelRow({ portalId, portalName, setting, zone, mayManage }: ChannelRowProps) {
  const { t, language } = useSpeech();
  const { channel, isEnabled, capPerPersonDay, enabledAt } = setting;
  const [asked, setAsked] = useState<'switch' | 'sample' | null>(null);
  const change = useSetChannel(portalId, channel);
  const name = t(`channel.${channel}`);
  const close = () => {
    change.reset();
    setAsked(null);
  };
  const since =
    enabledAt === null
      ? t(isEnabled ? 'channels.on' : 'channels.off')
      : t(isEnabled ? 'channels.onSince' : 'channels.offSince', { at: formatInstant(enabledAt, zone, language) });
  return (
    <li className={classes.channel}>
      <div className={classes.what}>
        <h3 className={classes.name}>{name}</h3>
        <p>{t(`channel.${channel}.does`)}</p>
        <p className={classes.soft}>{t(`channel.${channel}.needs`)}</p>
        <UnstyledButton className={classes.sample} onClick={() => setAsked('sample')}>
          {t('channels.sample')}
        </UnstyledButton>
      </div>
      <div className={classes.setting}>
        <span className={classes.state} data-on={isEnabled || undefined}>
          {since}
        </span>
        {mayManage ? (
          <>
            <Switch
              checked={isEnabled}
              onChange={() => setAsked('switch')}
              aria-label={t('channels.switch', { name })}
              size="md"
            />
            <Cap key={capPerPersonDay} portalId={portalId} setting={setting} />
          </>
        ) : (
          <span className={classes.soft}>{t('channels.capShort', { n: capPerPersonDay })}</span>
        )}
      </div>
      <ConfirmDialog
        isOpen={asked === 'switch'}
        onClose={close}
        title={t(isEnabled ? 'channels.offTitle' : 'channels.onTitle', { name })}
        confirm={t(isEnabled ? 'channels.offConfirm' : 'channels.onConfirm')}
        onConfirm={() => change.mutate({ isEnabled: !isEnabled, capPerPersonDay }, { onSuccess: close })}
        isPending={change.isPending}
        error={change.error}
        isHarmless
      >
        {isEnabled ? (
          t('channels.offText')
        ) : (
          <SwitchingOn portalId={portalId} portalName={portalName} setting={setting} />
        )}
      </ConfirmDialog>
      {asked === 'sample' && <SampleDialog portalId={portalId} channel={channel} onClose={close} />}
    </li>
  );
}

/** What switching a channel on brings about, and what of it at once. */
function SwitchingOn({ portalId, portalName, setting }: Pick<ChannelRowProps, 'portalId' | 'portalName' | 'setting'>) {
  const { t } = useSpeech();
  const held = usePortalMessages(portalId, 'held').data?.pages.flatMap(({ items }) => items) ?? [];
  const released = releasedBy(setting.channel, held, Date.now());
  return (
    <div className={classes.consequences}>
      <p>{t('channels.onText', { portal: portalName })}</p>
      <p>{t('channels.onCap', { n: setting.capPerPersonDay })}</p>
      <p>{t(`channel.${setting.channel}.needs`)}</p>
      {released > 0 && <p>{t('channels.onWaiting', { n: released })}</p>}
    </div>
  );
}

/** How many messages one person gets on a day, at most. */
function Cap({ portalId, setting }: { portalId: string; setting: ChannelSetting }) {
  const { t } = useSpeech();
  const id = useId();
  const change = useSetChannel(portalId, setting.channel);
  const [cap, setCap] = useState<number | string>(setting.capPerPersonDay);
  const isSound = typeof cap === 'number' && Number.isInteger(cap) && cap >= 1 && cap <= HIGHEST_CAP;
  return (
    <form
      className={classes.cap}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound) change.mutate({ isEnabled: setting.isEnabled, capPerPersonDay: cap });
      }}
    >
      <label htmlFor={id}>{t('channels.cap')}</label>
      <NumberInput
        id={id}
        size="xs"
        className={classes.number ?? ''}
        value={cap}
        onChange={setCap}
        min={1}
        max={HIGHEST_CAP}
        allowDecimal={false}
        clampBehavior="none"
        error={!isSound}
        aria-describedby={isSound ? undefined : `${id}-wrong`}
      />
      {cap !== setting.capPerPersonDay && (
        <Button type="submit" size="xs" variant="default" loading={change.isPending} disabled={!isSound}>
          {t('channels.saveCap')}
        </Button>
      )}
      {!isSound && (
        <p id={`${id}-wrong`} role="alert">
          {t('channels.capWrong')}
        </p>
      )}
      {change.isError && <ProblemNote error={change.error} />}
    </form>
  );
}
