import { Link } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { formatCount, formatInterval, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { OtherCurrency, PeriodRatio, Rate } from '../api/schema.js';
import { useFlash } from '../ui/use-flash.js';
import classes from './figure.module.css';
import { noFigure } from './funnel-search.js';
import type { FigureKey } from './funnel-search.js';

/** Which number is meant: what its records and its explanation are asked by. */
export type FigureTarget = {
  figure: FigureKey;
  stage?: string;
  toStage?: string;
  of?: string;
  at?: string;
};

/** The filters that the figures below were counted with; a change of a figure is marked only while they stay. */
export const FigureScope = createContext('');

type FigureProps = {
  target: FigureTarget;
  /** What is marked when it changes. */
  value: string | number;
  /** What the number means, for those who do not see the table's heads. */
  label: string;
  children: ReactNode;
  /** The keys j and k stop here. */
  isRow?: boolean;
  isFaint?: boolean;
  className?: string;
};

/** A number that opens its records. */
export function Figure({ target, value, label, children, isRow = false, isFaint = false, className }: FigureProps) {
  const { t } = useSpeech();
  const scope = useContext(FigureScope);
  const isFlashing = useFlash(value, scope);
  return (
    <Link
      from="/portals/$portalId/funnel"
      to="."
      search={(before) => ({ ...before, ...noFigure, ...target })}
      resetScroll={false}
      preload={false}
      className={[classes.figure, isFlashing ? 'fw-flash' : '', className ?? ''].join(' ')}
      data-faint={isFaint || undefined}
      data-row={isRow || undefined}
      title={t('figure.open', { label })}
    >
      {children}
      <span className="visually-hidden">, {label}</span>
    </Link>
  );
}

/** A count that opens its records. */
export function Count(props: Omit<FigureProps, 'children' | 'value' | 'isFaint'> & { value: number }) {
  return (
    <Figure {...props} isFaint={props.value === 0}>
      {formatCount(props.value)}
    </Figure>
  );
}

/** A sum of money that opens the records it is the sum of. */
export function Money({
  kopecks,
  currency,
  ...props
}: Omit<FigureProps, 'children' | 'value' | 'isFaint'> & { kopecks: string; currency: string }) {
  const { language } = useSpeech();
  return (
    <Figure {...props} value={kopecks} isFaint={kopecks === '0'}>
      {formatMoney(kopecks, currency, language)}
    </Figure>
  );
}

/** Sums in other currencies, each apart; nothing when there are none. */
export function OtherMoney({
  sums,
  target,
  label,
}: {
  sums: readonly OtherCurrency[];
  target: FigureTarget;
  label: string;
}) {
  const { t } = useSpeech();
  if (sums.length === 0) return null;
  return (
    <span className={classes.other}>
      {sums.map((sum) => (
        <span key={sum.currency} className={classes.otherSum}>
          <span aria-hidden>+ </span>
          <Money
            target={target}
            kopecks={sum.amountKopecks}
            currency={sum.currency}
            label={`${label}, ${t('money.otherCurrency', { currency: sum.currency, n: sum.count })}`}
          />
        </span>
      ))}
    </span>
  );
}

/** `20,0 % [11,8–31,8], n = 60`; with n < 5 the words "too few" stand instead of a percentage. */
export function RateFigure({
  rate,
  converted,
  matured,
  label,
}: {
  rate: Rate;
  converted: FigureTarget;
  matured: FigureTarget;
  label: string;
}) {
  const { t, language } = useSpeech();
  const size = (
    <span className={classes.size}>
      n ={'\u00a0'}
      <Count target={matured} value={rate.n} label={t('rate.populationOf', { label })} />
    </span>
  );
  if (rate.n === 0) return <span className={classes.rate}>{size}</span>;
  if (rate.tooFew || rate.share === null) {
    return (
      <span className={classes.rate}>
        <span className={classes.tooFew}>{t('rate.tooFew')},</span> {size}
      </span>
    );
  }
  return (
    <span className={classes.rate}>
      <Figure target={converted} value={rate.share} label={label} className={classes.share ?? ''}>
        {formatPercent(rate.share, language)}
      </Figure>{' '}
      {rate.low !== null && rate.high !== null && (
        <span className={classes.interval} title={t('rate.interval')}>
          {formatInterval(rate.low, rate.high, language)},
        </span>
      )}{' '}
      {size}
    </span>
  );
}

/** Entries of the next stage over entries of this one; opens the former. Never printed as a probability. */
export function RatioFigure({ ratio, label }: { ratio: PeriodRatio | null; label: string }) {
  const { t, language } = useSpeech();
  if (ratio === null) return <span className={classes.none}>—</span>;
  if (ratio.ratio === null) return <span className={classes.none}>{t('ratio.none')}</span>;
  const words = { numerator: ratio.numerator, denominator: ratio.denominator };
  return (
    <Figure
      target={{ figure: 'flow.entries', stage: ratio.toStageId }}
      value={ratio.ratio}
      label={`${label}: ${t('ratio.exact', words)}`}
    >
      {formatPercent(ratio.ratio, language)}
    </Figure>
  );
}
