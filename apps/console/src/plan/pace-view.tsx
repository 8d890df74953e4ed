import type { Indicator, Pace } from '../api/schema.js';
import { formatMoment } from '../format/deadlines.js';
import { formatMonth } from '../format/dates.js';
import { formatCount, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { DataTable } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { chanceText, indicatorText } from './plan-words.js';
import classes from './pace-view.module.css';
import { usePace } from './use-plans.js';

type PaceProps = { portalId: string; month: string; zone: string; indicators: readonly Indicator[] | undefined };
type PacePlan = Pace['plans'][number];
type PaceCell = PacePlan['team'][number];

/** What was done of the plans of a month by now, against what is due. */
export function PaceView({ portalId, month, zone, indicators }: PaceProps) {
  const { t, language } = useSpeech();
  const pace = usePace(portalId, month);
  if (pace.data === undefined) {
    if (pace.isError) return <ErrorState error={pace.error} retry={() => void pace.refetch()} />;
    return <TableSkeleton rows={8} />;
  }
  const { plans, asOf, workingDays, elapsed } = pace.data;
  if (plans.length === 0) {
    return (
      <EmptyState title={t('pace.none', { month: formatMonth(month, language) })}>{t('pace.noneText')}</EmptyState>
    );
  }
  return (
    <>
      <p className={classes.basis}>
        {t('pace.elapsed', { share: formatPercent(elapsed, language), left: workingDays.left, all: workingDays.all })}
        {asOf !== null && ` · ${t('pace.asOf', { at: formatMoment(asOf, zone, language, Date.now()) })}`}
      </p>
      {plans.map((plan) => (
        <PlanPace key={plan.planId} plan={plan} elapsed={elapsed} indicators={indicators} />
      ))}
    </>
  );
}

function PlanPace({
  plan,
  elapsed,
  indicators,
}: {
  plan: PacePlan;
  elapsed: number;
  indicators: readonly Indicator[] | undefined;
}) {
  const { t, language } = useSpeech();
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), 'RUB', language);
  return (
    <Panel title={plan.name} note={t('pace.note')} flush>
      <DataTable label={plan.name}>
        <thead>
          <tr>
            <th scope="col">{t('plan.seller')}</th>
            {plan.team.map(({ indicatorId }) => (
              <th key={indicatorId ?? 'sales'} scope="col" className={classes.cell}>
                {indicatorText(indicatorId, indicators, { t, language })}
              </th>
            ))}
            <th scope="col" className={classes.cell}>
              {t('pace.sold')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row) => (
            <tr key={row.userId}>
              <th scope="row">{row.name ?? t('seller.nameless', { id: row.userId })}</th>
              {row.cells.map((cell) => (
                <Cell key={cell.indicatorId ?? 'sales'} cell={cell} />
              ))}
              <Sold sold={row.sold} target={row.target} elapsed={elapsed} money={money} />
            </tr>
          ))}
        </tbody>
        {plan.rows.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t('plan.together')}</th>
              {plan.team.map((cell) => (
                <Cell key={cell.indicatorId ?? 'sales'} cell={cell} />
              ))}
              <Sold sold={plan.sold} target={plan.target} elapsed={elapsed} money={money} />
            </tr>
          </tfoot>
        )}
      </DataTable>
    </Panel>
  );
}

/** Whether what is done keeps up with what is due: not behind by more than one action. */
const keepsUp = (done: number, due: number): boolean => done + 1 > due;

function Cell({ cell }: { cell: PaceCell }) {
  const { t, language } = useSpeech();
  const { done, norm, today, due, perDay, toGo, runRate, chance } = cell;
  return (
    <td
      className={classes.cell}
      title={runRate === null ? undefined : t('pace.runRate', { count: formatCount(runRate) })}
    >
      <Bar done={done} whole={Number(norm)} due={due} isBehind={!keepsUp(done, due)} />
      <span>
        <b>{formatCount(done)}</b> {t('pace.of', { norm: formatCount(Number(norm)) })}
      </span>
      <span className={classes.soft}>
        {[
          today !== 0 && t('pace.today', { count: formatCount(today) }),
          toGo === '0' ? t('pace.reached') : perDay !== null && t('pace.perDay', { count: formatCount(perDay) }),
          toGo !== '0' && chance !== null && t('pace.chance', { share: chanceText(chance, language) }),
        ]
          .filter((part) => typeof part === 'string')
          .join(' · ')}
      </span>
    </td>
  );
}

type SoldProps = { sold: string; target: string; elapsed: number; money: (kopecks: string) => string };

function Sold({ sold, target, elapsed, money }: SoldProps) {
  const { t, language } = useSpeech();
  const [done, whole] = [Number(sold), Number(target)];
  return (
    <td className={classes.cell}>
      <Bar done={done} whole={whole} due={whole * elapsed} isBehind={done < whole * elapsed} />
      <span>
        <b>{money(sold)}</b> {t('pace.of', { norm: money(target) })}
      </span>
      {whole > 0 && <span className={classes.soft}>{formatPercent(done / whole, language)}</span>}
    </td>
  );
}

type BarProps = { done: number; whole: number; due: number; isBehind: boolean };

/** How much of the whole is done, and a mark where it should be by now. */
function Bar({ done, whole, due, isBehind }: BarProps) {
  const percent = (part: number) => `${whole <= 0 ? 0 : Math.min(100, (part / whole) * 100)}%`;
  return (
    <span className={classes.bar} data-behind={isBehind || undefined} aria-hidden>
      <span className={classes.done} style={{ width: percent(done) }} />
      <span className={classes.due} style={{ left: percent(due) }} />
    </span>
  );
}
