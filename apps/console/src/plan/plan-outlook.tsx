import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { Indicator, PlanOutlook } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { formatCount, formatDecimal, formatMoney, formatMoneyShort, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { KeyFigures } from '../ui/key-figures.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './plan-outlook.module.css';
import { indicatorText } from './plan-words.js';

const STALE_MS = 60_000;

type PanelsProps = {
  portalId: string;
  planId: string;
  currency: string;
  indicators: readonly Indicator[] | undefined;
};

/** How much a plan asks beside what was sold before, and what of it is under way already. */
export function OutlookPanels({ portalId, planId, currency, indicators }: PanelsProps) {
  const outlook = useQuery({
    queryKey: ['plans', portalId, 'outlook', planId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/plans/{planId}/outlook', {
          params: { path: { portalId, planId }, query: {} },
          signal,
        }),
      ),
    staleTime: STALE_MS,
  });
  if (outlook.data === undefined) {
    if (outlook.isError) return <ErrorState error={outlook.error} retry={() => void outlook.refetch()} />;
    return <TableSkeleton rows={4} />;
  }
  return (
    <>
      <Adequacy outlook={outlook.data} currency={currency} />
      <BreakEven outlook={outlook.data} currency={currency} />
      <Replay outlook={outlook.data} indicators={indicators} />
      <Split outlook={outlook.data} currency={currency} />
    </>
  );
}

type PartProps = { outlook: PlanOutlook; currency: string };

function Adequacy({ outlook: { adequacy, targetKopecks }, currency }: PartProps) {
  const { t, language } = useSpeech();
  const { months, percentile, usualKopecks, usualSales, usualAverageKopecks, uplift, load } = adequacy;
  if (percentile === null || usualKopecks === null) {
    return <Panel title={t('outlook.adequacy')}>{t('outlook.noHistory')}</Panel>;
  }
  const most = months.reduce((top, { kopecks }) => Math.max(top, Number(kopecks)), Number(targetKopecks));
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), currency, language);
  return (
    <Panel title={t('outlook.adequacy')} note={t('outlook.adequacyNote', { n: months.length })}>
      <KeyFigures
        figures={[
          { name: t('outlook.percentile'), value: formatPercent(percentile, language) },
          { name: t('outlook.usual'), value: money(usualKopecks) },
          ...(uplift === null ? [] : [{ name: t('outlook.uplift'), value: `× ${formatDecimal(uplift, 2, language)}` }]),
          ...(load === null
            ? []
            : [{ name: t('outlook.load'), value: formatPercent(load, language), isBad: load > 1 }]),
        ]}
      />
      {uplift !== null && uplift > 1 && usualSales !== null && usualAverageKopecks !== null && (
        <p className={classes.soft}>
          {t('outlook.upliftText', {
            sales: formatDecimal(usualSales, 1, language),
            more: formatDecimal(usualSales * uplift, 1, language),
            average: money(usualAverageKopecks),
            higher: money(String(Math.round(Number(usualAverageKopecks) * uplift))),
          })}
        </p>
      )}
      <ul className={classes.months} aria-label={t('outlook.byMonths')}>
        {months.map(({ month, kopecks, sales }) => (
          <li key={month} title={`${money(kopecks)} · ${formatCount(sales)}`}>
            <span className={classes.bar}>
              <span
                className={classes.sold}
                style={{ width: `${(Number(kopecks) / most) * 100}%` }}
                data-reached={BigInt(kopecks) >= BigInt(targetKopecks)}
              />
              <span className={classes.target} style={{ left: `${(Number(targetKopecks) / most) * 100}%` }} />
            </span>
            <span className={classes.month}>{formatMonth(month, language)}</span>
            <span className={classes.sum}>{formatMoneyShort(kopecks, currency, language)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the break-even of a plan comes to under the schemes that pay its sellers. */
function BreakEven({ outlook: { breakEven, targetKopecks }, currency }: PartProps) {
  const { t, language } = useSpeech();
  if (breakEven === null) return null;
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), currency, language);
  const { margin, variablePay, fixedKopecks, revenueKopecks, leftKopecks } = breakEven;
  return (
    <Panel title={t('outlook.breakEven')} note={t('outlook.breakEvenNote')}>
      <KeyFigures
        figures={[
          { name: t('outlook.margin'), value: formatPercent(margin, language) },
          { name: t('outlook.variablePay'), value: formatPercent(variablePay, language) },
          { name: t('outlook.fixedCost'), value: money(fixedKopecks) },
          {
            name: t('outlook.breakEvenRevenue'),
            value: revenueKopecks === null ? t('outlook.never') : money(revenueKopecks),
            isBad: revenueKopecks === null || BigInt(revenueKopecks) > BigInt(targetKopecks),
          },
          { name: t('outlook.left'), value: money(leftKopecks), isBad: leftKopecks.startsWith('-') },
        ]}
      />
    </Panel>
  );
}

/** The plan held against recorded months: what is usual of each indicator, and how often team and sellers made it. */
function Replay({ outlook, indicators }: { outlook: PlanOutlook; indicators: readonly Indicator[] | undefined }) {
  const { t, language } = useSpeech();
  const { replay, adequacy } = outlook;
  const count = adequacy.months.length;
  if (count === 0) return null;
  return (
    <Panel title={t('outlook.replay')} note={t('outlook.replayNote', { n: count })} flush>
      <DataTable label={t('outlook.replay')}>
        <thead>
          <tr>
            <th scope="col">{t('plan.indicator')}</th>
            <th scope="col">{t('outlook.planned')}</th>
            <th scope="col">{t('outlook.usualCount')}</th>
            <th scope="col">{t('outlook.reached')}</th>
            <th scope="col">{t('outlook.norms')}</th>
          </tr>
        </thead>
        <tbody>
          {replay.map(({ indicatorId, planned, usual, reached, normsMade, normsAsked }) => (
            <tr key={indicatorId ?? 'sales'}>
              <th scope="row">{indicatorText(indicatorId, indicators, { t, language })}</th>
              <td>{formatCount(planned)}</td>
              <td>{formatDecimal(usual, 1, language)}</td>
              <td>{t('outlook.of', { made: formatCount(reached), all: formatCount(count) })}</td>
              <td>{t('outlook.of', { made: formatCount(normsMade), all: formatCount(normsAsked) })}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

function Split({ outlook: { split, sales }, currency }: PartProps) {
  const { t, language } = useSpeech();
  if (split === null) return null;
  const { won, open, fresh, missing, moreDeals, unknown } = split;
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), currency, language);
  const parts = [
    { name: t('outlook.won'), sales: won.sales, note: money(won.kopecks), tone: classes.won },
    {
      name: t('outlook.open', { n: open.deals }),
      sales: open.expected,
      note: t('outlook.openNote', {
        low: formatDecimal(open.low, 1, language),
        high: formatDecimal(open.high, 1, language),
        sum: money(open.kopecks),
      }),
      tone: classes.open,
    },
    {
      name: t('outlook.fresh', { count: formatDecimal(fresh.deals, 0, language) }),
      sales: fresh.expected,
      note: money(fresh.kopecks),
      tone: classes.fresh,
    },
  ];
  const whole = Math.max(
    sales,
    parts.reduce((sum, part) => sum + part.sales, 0),
    1,
  );
  return (
    <Panel title={t('outlook.split')} note={t('outlook.splitNote')}>
      <div className={classes.stack} aria-hidden>
        {parts.map(({ name, sales: count, tone }) => (
          <span key={name} className={tone} style={{ width: `${(count / whole) * 100}%` }} />
        ))}
      </div>
      <ul className={classes.parts}>
        {parts.map(({ name, sales: count, note, tone }) => (
          <li key={name}>
            <span className={`${classes.dot} ${tone}`} aria-hidden />
            <span className={classes.name}>{name}</span>
            <b>{formatDecimal(count, Number.isInteger(count) ? 0 : 1, language)}</b>
            <span className={classes.soft}>{note}</span>
          </li>
        ))}
      </ul>
      <p className={missing > 0.5 ? classes.over : classes.soft}>
        {missing <= 0.5
          ? t('outlook.enough', { n: sales })
          : moreDeals === null
            ? t('outlook.tooLate', { missing: formatDecimal(missing, 1, language) })
            : t('outlook.missing', { missing: formatDecimal(missing, 1, language), deals: formatCount(moreDeals) })}
      </p>
      {unknown > 0 && <p className={classes.soft}>{t('outlook.unknown', { n: unknown })}</p>}
    </Panel>
  );
}
