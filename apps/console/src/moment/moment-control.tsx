import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { DatePicker, TimePicker } from '@mantine/dates';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { addDays, dayIn, formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { useKeys } from '../shell/keyboard.js';
import { ClockIcon } from '../ui/icons.js';
import { isPast, now } from './moment.js';
import type { Moment } from './moment.js';
import { instantOf, pastPreset, pastPresets, wallClockOf } from './wall-clock.js';
import type { PastPreset } from './wall-clock.js';
import classes from './moment-control.module.css';

const presetNames = {
  yesterday: 'moment.yesterday',
  week: 'moment.week',
  month: 'moment.month',
  quarter: 'moment.quarter',
} as const satisfies Record<PastPreset, MessageKey>;

const END_OF_WORK = '18:00';

type MomentControlProps = { moment: Moment; zone: string; onMoment: (moment: Moment) => void };

/** Chooses the moment the page is about, on the clock of the portal; T opens it, N goes back to now. */
export function MomentControl({ moment, zone, onMoment }: MomentControlProps) {
  const { t, language } = useSpeech();
  const [isOpen, setIsOpen] = useState(false);
  const isSet = isPast(moment);

  const choose = (next: Moment) => {
    onMoment(next);
    setIsOpen(false);
  };
  useKeys({
    KeyT: () => setIsOpen(true),
    KeyN: () => {
      if (isSet) onMoment(now);
    },
  });

  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" shadow="md" width={336} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-past={isSet || undefined}
          onClick={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
        >
          <ClockIcon />
          {moment.asOf === undefined
            ? t(isSet ? 'moment.past' : 'moment.choose')
            : t('moment.chosen', { at: formatInstant(moment.asOf, zone, language) })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('moment.choose')}>
        {isOpen && <MomentForm moment={moment} zone={zone} onMoment={choose} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function MomentForm({ moment, zone, onMoment }: MomentControlProps) {
  const { t, language } = useSpeech();
  const timeId = useId();
  const today = dayIn(new Date(), zone);
  const first =
    moment.asOf === undefined ? { day: addDays(today, -1), time: END_OF_WORK } : wallClockOf(moment.asOf, zone);
  const [day, setDay] = useState(first.day);
  const [time, setTime] = useState(first.time);
  const instant = instantOf(day, time, zone);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (instant !== null) onMoment({ asOf: instant });
  };
  return (
    <form onSubmit={submit}>
      <div className={classes.presets}>
        {pastPresets.map((preset) => (
          <button
            key={preset}
            type="button"
            className={classes.option}
            onClick={() => onMoment({ asOf: pastPreset(preset, today, zone) })}
          >
            {t(presetNames[preset])}
          </button>
        ))}
      </div>
      <DatePicker
        size="xs"
        className={classes.calendar ?? ''}
        maxLevel="year"
        locale={language}
        firstDayOfWeek={1}
        value={day}
        defaultDate={day}
        minDate="2000-01-01"
        maxDate={today}
        onChange={(value) => {
          if (value !== null) setDay(value);
        }}
      />
      <div className={classes.choice}>
        <span id={timeId} className={classes.zone}>
          {t('moment.time', { zone })}
        </span>
        <TimePicker
          aria-labelledby={timeId}
          size="xs"
          value={time}
          onChange={(value) => setTime(value.slice(0, 5))}
          hoursInputLabel={t('moment.hours')}
          minutesInputLabel={t('moment.minutes')}
        />
        <Button type="submit" size="xs" disabled={instant === null}>
          {t('moment.show')}
        </Button>
      </div>
      <p className={classes.note}>{t('moment.note')}</p>
    </form>
  );
}
