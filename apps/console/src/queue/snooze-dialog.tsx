import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CaseCommand, SnoozeReason } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { FormDialog } from '../ui/form-dialog.js';
import classes from './queue-dialogs.module.css';
import { snoozePresets, snoozeReasons, snoozeUntil } from './snooze-presets.js';
import type { SnoozePreset } from './snooze-presets.js';

type SnoozeDialogProps = {
  /** How many cases are put off. */
  count: number;
  zone: string;
  onSnooze: (command: CaseCommand) => void;
  onClose: () => void;
};

/** Puts cases off: until when, and why. */
export function SnoozeDialog({ count, zone, onSnooze, onClose }: SnoozeDialogProps) {
  const { t, language } = useSpeech();
  const [preset, setPreset] = useState<SnoozePreset>('tomorrow');
  const [reason, setReason] = useState<SnoozeReason | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [now] = useState(() => new Date());
  const submit = () => {
    setIsMissing(reason === null);
    if (reason !== null) onSnooze({ type: 'snooze', until: snoozeUntil(preset, now, zone), reason });
  };
  const listen = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code)?.[1];
    const wanted = digit === undefined ? undefined : snoozePresets[Number(digit) - 1];
    if (wanted !== undefined) setPreset(wanted);
  };
  return (
    <FormDialog
      title={t('snooze.title', { n: count })}
      submit={t('snooze.submit')}
      onSubmit={submit}
      onClose={onClose}
      isPending={false}
      error={null}
    >
      <div onKeyDown={listen} className={classes.form}>
        <Radio.Group
          label={t('snooze.until')}
          value={preset}
          onChange={(value) => setPreset(snoozePresets.find((each) => each === value) ?? preset)}
        >
          <div className={classes.choices}>
            {snoozePresets.map((each, index) => {
              const until = snoozeUntil(each, now, zone);
              return (
                <Radio
                  key={each}
                  value={each}
                  data-autofocus={each === 'tomorrow' || undefined}
                  label={
                    <span className={classes.choice}>
                      <kbd>{index + 1}</kbd> {t(`snooze.${each}`)}
                      {until.kind === 'time' && (
                        <span className={classes.soft}>{formatInstant(until.at, zone, language)}</span>
                      )}
                    </span>
                  }
                />
              );
            })}
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('snooze.why')}
          required
          value={reason}
          error={isMissing && t('snooze.reasonMissing')}
          onChange={(value) => {
            setReason(snoozeReasons.find((each) => each === value) ?? null);
            setIsMissing(false);
          }}
        >
          <div className={classes.choices}>
            {snoozeReasons.map((each) => (
              <Radio key={each} value={each} label={t(`snooze.${each}`)} />
            ))}
          </div>
        </Radio.Group>
      </div>
    </FormDialog>
  );
}
