import { Link } from '@tanstack/react-router';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { chanceText, indicatorText } from '../plan/plan-words.js';
import { useIndicators, usePace } from '../plan/use-plans.js';
import { Panel } from '../ui/panel.js';
import classes from './my-day.module.css';
import { normToday } from './norm-today.js';

/** What somebody is to do today by their plan, and what they have done; nothing without a plan. */
export function MyDay({ portalId, month }: { portalId: string; month: string }) {
  const { t, language } = useSpeech();
  const pace = usePace(portalId, month);
  const indicators = useIndicators(portalId).data?.items;
  const { plans = [], workingDays } = pace.data ?? {};
  if (workingDays === undefined) return null;
  return plans.map(({ planId, name, rows }) => {
    const [row] = rows;
    if (!row) return null;
    return (
      <Panel
        key={planId}
        title={t('pay.myDay')}
        note={t('pay.myDayNote', { plan: name, n: workingDays.left })}
        aside={
          <Link to="/portals/$portalId/plan" params={{ portalId }} search={{ month, plan: planId, view: 'pace' }}>
            {t('pace.title')}
          </Link>
        }
      >
        <ul className={classes.cells}>
          {row.cells.map((cell) => {
            const norm = normToday(cell, workingDays.left);
            return (
              <li key={cell.indicatorId ?? 'sales'} data-done={cell.today >= norm}>
                <span className={classes.name}>{indicatorText(cell.indicatorId, indicators, { t, language })}</span>
                <b>{t('pay.todayOf', { done: formatCount(cell.today), norm: formatCount(norm) })}</b>
                <span className={classes.name}>
                  {t('pay.monthOf', { done: formatCount(cell.done), norm: formatCount(Number(cell.norm)) })}
                  {cell.toGo !== '0' &&
                    cell.chance !== null &&
                    ` · ${t('pace.chance', { share: chanceText(cell.chance, language) })}`}
                </span>
              </li>
            );
          })}
        </ul>
      </Panel>
    );
  });
}
