import 'dayjs/locale/ru';
import { Popover, UnstyledButton } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useId, useState } from 'react';
import { addDays, addMonths, formatMonthShort, isDay } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { ArrowLeftIcon, ChevronIcon } from '../ui/icons.js';
import { monthOf, presetPeriod } from './funnel-search.js';
import type { FunnelSearch, Period, Preset } from './funnel-search.js';
import { usePeriodText } from './use-period-text.js';
import classes from './period-picker.module.css';

const presets: readonly { preset: Preset; says: MessageKey }[] = [
  { preset: 'last7', says: 'period.last7' },
  { preset: 'last30', says: 'period.last30' },
  { preset: 'last90', says: 'period.last90' },
  { preset: 'quarter', says: 'period.quarter' },
  { preset: 'previousQuarter', says: 'period.previousQuarter' },
  { preset: 'year', says: 'period.year' },
];

const MONTHS_SHOWN = 12;

type PeriodPickerProps = {
  period: Period;
  today: string;
  label: string;
  onPeriod: (change: Pick<FunnelSearch, 'month' | 'from' | 'to'>) => void;
};

/** Months, ready-made periods, or any days; the arrows step by a month or by the period's own length. */
export function PeriodPicker({ period, today, label, onPeriod }: PeriodPickerProps) {
  const { t, language } = useSpeech();
  const periodText = usePeriodText();
  const labelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [range, setRange] = useState<[string | null, string | null]>([null, null]);
  const month = monthOf(period);
  const thisMonth = today.slice(0, 7);

  const choose = (next: Period) => {
    const whole = monthOf(next);
    onPeriod(whole === null ? next : { month: whole });
    setIsOpen(false);
  };
  const step = (direction: 1 | -1) => {
    if (month !== null) return onPeriod({ month: addMonths(month, direction) });
    const days = Math.round((Date.parse(period.to) - Date.parse(period.from)) / 86_400_000);
    const next = { from: addDays(period.from, days * direction), to: addDays(period.to, days * direction) };
    if (isDay(next.from) && isDay(next.to)) choose(next);
  };
  const open = (next: boolean) => {
    if (next) setRange([period.from, addDays(period.to, -1)]);
    setIsOpen(next);
  };

  return (
    <div className={classes.field}>
      <span className={classes.label} id={labelId}>
        {label}
      </span>
      <div className={classes.box} role="group" aria-labelledby={labelId}>
        <UnstyledButton className={classes.arrow} onClick={() => step(-1)} aria-label={t('period.before')}>
          <ArrowLeftIcon />
        </UnstyledButton>
        <Popover opened={isOpen} onChange={open} position="bottom" shadow="md" width={344} trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton
              className={classes.value}
              onClick={() => open(!isOpen)}
              aria-expanded={isOpen}
              aria-haspopup="dialog"
            >
              <span>{periodText(period)}</span>
              <ChevronIcon />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown aria-label={label}>
            <div className={classes.months}>
              {Array.from({ length: MONTHS_SHOWN }, (_, at) => addMonths(thisMonth, at - MONTHS_SHOWN + 1)).map(
                (each) => (
                  <button
                    key={each}
                    type="button"
                    className={classes.option}
                    aria-pressed={each === month}
                    onClick={() => choose({ from: `${each}-01`, to: `${addMonths(each, 1)}-01` })}
                  >
                    {formatMonthShort(each, language)}
                  </button>
                ),
              )}
            </div>
            <div className={classes.presets}>
              {presets.map((each) => (
                <button
                  key={each.preset}
                  type="button"
                  className={classes.option}
                  onClick={() => choose(presetPeriod(each.preset, today))}
                >
                  {t(each.says)}
                </button>
              ))}
            </div>
            <DatePicker
              type="range"
              size="xs"
              className={classes.calendar ?? ''}
              maxLevel="year"
              locale={language}
              firstDayOfWeek={1}
              allowSingleDateInRange
              value={range}
              defaultDate={period.from}
              minDate="2000-01-01"
              maxDate="2099-12-30"
              onChange={(value) => {
                setRange(value);
                const [first, last] = value;
                if (first !== null && last !== null) choose({ from: first, to: addDays(last, 1) });
              }}
            />
          </Popover.Dropdown>
        </Popover>
        <UnstyledButton className={classes.arrow} data-forward onClick={() => step(1)} aria-label={t('period.after')}>
          <ArrowLeftIcon />
        </UnstyledButton>
      </div>
    </div>
  );
}
