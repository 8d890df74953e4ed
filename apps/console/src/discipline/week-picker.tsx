import { Select, UnstyledButton } from '@mantine/core';
import { addDays, formatDay } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ArrowLeftIcon } from '../ui/icons.js';
import { lastWeeks, lengths, neighbour, weeksLong } from './discipline-search.js';
import type { WeekPeriod } from './discipline-search.js';
import classes from './week-picker.module.css';

/** Whole weeks: as many as are chosen up to the present one, and as many before or after. */
export function WeekPicker({
  period,
  today,
  onPeriod,
}: {
  period: WeekPeriod;
  today: string;
  onPeriod: (period: WeekPeriod) => void;
}) {
  const { t, language } = useSpeech();
  const long = weeksLong(period);
  const isPresent = period.to > today;
  const chosen = isPresent ? lengths.find((each) => each === long) : undefined;
  return (
    <div className={classes.picker} role="group" aria-label={t('discipline.period')}>
      <Select
        size="xs"
        className={classes.length ?? ''}
        label={t('discipline.period')}
        data={lengths.map((each) => ({ value: String(each), label: t('discipline.weeks', { n: each }) }))}
        value={chosen === undefined ? null : String(chosen)}
        placeholder={t('discipline.otherWeeks')}
        onChange={(value) => value !== null && onPeriod(lastWeeks(Number(value), today))}
        allowDeselect={false}
      />
      <div className={classes.step}>
        <UnstyledButton
          className={classes.arrow}
          aria-label={t('period.before')}
          onClick={() => onPeriod(neighbour(period, -1))}
        >
          <ArrowLeftIcon />
        </UnstyledButton>
        <span className={classes.days} aria-live="polite">
          {formatDay(period.from, language)} – {formatDay(addDays(period.to, -1), language)}
        </span>
        <UnstyledButton
          className={classes.arrow}
          data-forward
          aria-label={t('period.after')}
          disabled={isPresent}
          onClick={() => onPeriod(neighbour(period, 1))}
        >
          <ArrowLeftIcon />
        </UnstyledButton>
      </div>
    </div>
  );
}
