import { Slider } from '@mantine/core';
import type { Indicator, PlanContent, PlannedFigure } from '../api/schema.js';
import { formatCount, formatInterval, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { WhatIf } from './plan-draft.js';
import { indicatorText } from './plan-words.js';
import classes from './plan-page.module.css';

type ChainProps = {
  figures: readonly PlannedFigure[];
  /** Figures without what is tried; the same where nothing is. */
  planned: readonly PlannedFigure[];
  content: PlanContent;
  indicators: readonly Indicator[] | undefined;
  whatIf: WhatIf;
  /** Left out: nothing can be tried. */
  onTry?: (next: WhatIf) => void;
};

/** The plan from the first indicator to the money, with the conversion between each two. */
export function PlanChain({ figures, planned, content, indicators, whatIf, onTry }: ChainProps) {
  const { t, language } = useSpeech();
  const target = formatMoney(BigInt(content.targetKopecks), 'RUB', language);
  const average = BigInt(whatIf.averageSaleKopecks ?? content.averageSaleKopecks);
  return (
    <ol className={classes.chain} aria-label={t('plan.chain')}>
      {figures.map((figure, place) => {
        const name = indicatorText(figure.indicatorId, indicators, { t, language });
        const before = planned[place];
        const isOther = before !== undefined && before.team !== figure.team;
        return (
          <li key={figure.indicatorId ?? 'sales'} className={classes.link}>
            <div className={classes.figure}>
              <span className={classes.name}>{name}</span>
              <b className={classes.number} data-other={isOther || undefined}>
                {formatCount(Number(figure.team))}
              </b>
              <span className={classes.soft}>
                {isOther
                  ? t('plan.insteadOf', { count: formatCount(Number(before.team)) })
                  : exactText(figure, language, t)}
              </span>
              {figure.minutes !== null && (
                <span className={classes.soft}>{t('plan.hours', { n: Math.round(Number(figure.minutes) / 60) })}</span>
              )}
            </div>
            {figure.indicatorId !== null && figure.conversion !== null && (
              <Conversion
                name={name}
                figure={figure}
                tried={whatIf.conversions[figure.indicatorId]}
                {...(onTry && {
                  onTry: (thousandths: number) =>
                    onTry({
                      ...whatIf,
                      conversions: { ...whatIf.conversions, [figure.indicatorId as string]: thousandths },
                    }),
                })}
              />
            )}
          </li>
        );
      })}
      <li className={classes.link}>
        <div className={classes.figure}>
          <span className={classes.name}>{t('plan.target')}</span>
          <b className={classes.number}>{target}</b>
          <span className={classes.soft}>{t('plan.bySales', { average: formatMoney(average, 'RUB', language) })}</span>
        </div>
      </li>
    </ol>
  );
}

type ConversionProps = {
  name: string;
  figure: PlannedFigure;
  /** In thousandths; undefined while nothing is tried. */
  tried: number | undefined;
  onTry?: (thousandths: number) => void;
};

function Conversion({ name, figure, tried, onTry }: ConversionProps) {
  const { t, language } = useSpeech();
  const { entered, converted, low, high, tooFew } = figure.conversion ?? {
    ...{ entered: 0, converted: 0, low: null, high: null, tooFew: true },
  };
  const share = entered === 0 ? 0 : converted / entered;
  const shown = tried === undefined ? share : tried / 1000;
  return (
    <div className={classes.conversion}>
      <span className={classes.rate} data-other={tried !== undefined || undefined}>
        {tooFew && tried === undefined ? t('plan.tooFew') : formatPercent(shown, language)}
      </span>
      {tried === undefined && low !== null && high !== null && (
        <span className={classes.soft} title={t('plan.interval')}>
          {t('plan.of', { converted: formatCount(converted), entered: formatCount(entered) })}{' '}
          {formatInterval(low, high, language)}
        </span>
      )}
      {onTry && (
        <Slider
          className={classes.slider ?? ''}
          size="sm"
          thumbLabel={t('plan.tryConversion', { indicator: name })}
          label={(value) => formatPercent(value / 1000, language)}
          min={1}
          max={1000}
          step={1}
          value={tried ?? Math.max(1, Math.round(share * 1000))}
          onChange={onTry}
          marks={[{ value: Math.round(share * 1000) }]}
        />
      )}
    </div>
  );
}

/** The figure before it was rounded up, where that says more. */
function exactText(
  { exact, team }: PlannedFigure,
  language: 'ru' | 'en',
  t: ReturnType<typeof useSpeech>['t'],
): string {
  if (exact === team) return '';
  const [over = 0, under = 1] = exact.split('/').map(Number);
  return t('plan.exactly', {
    count: new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 2 }).format(
      over / under,
    ),
  });
}
