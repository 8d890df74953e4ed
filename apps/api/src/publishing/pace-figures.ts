import type { Indicator } from '@funnelwatch/plan';
import type { MonthFigures, PaceDayRow, PaceRow, PlanMoneyRow } from '@funnelwatch/reporting';
import { paceByDay } from '../plans/pace-by-day.js';
import type { PaceCell } from '../plans/pace.schemas.js';
import type { MonthOfPlans } from '../plans/pace-of-month.js';
import { paceOf, type PlanPace } from '../plans/plan-pace.js';
import type { PlanWork } from '../plans/plan-work.js';
import { namesOf } from './names-of-indicators.js';

/** How the plans of a month are kept, as rows: of the team under the user without an id, then of each seller. */
export function paceFigures(month: MonthOfPlans): Pick<MonthFigures, 'pace' | 'planMoney' | 'paceDays'> {
  const works = month.works.filter(isCountable);
  const plans = works.map((work) => ({ work, pace: paceOf(work, month.time) }));
  return {
    pace: plans.flatMap(({ pace }) => paceRows(pace, month.indicators)),
    planMoney: plans.flatMap(({ work, pace }) => moneyRows(work, pace, month)),
    paceDays: works.flatMap((work) => dayRows(work, month)),
  };
}

/** A slip in a plan can ask for more than a column holds; the other plans are to be published all the same. */
const isCountable = ({ figures, sellers }: PlanWork): boolean =>
  [...figures.map(({ team }) => team), ...sellers.flatMap(({ norms }) => norms)].every(
    (norm) => BigInt.asIntN(64, norm) === norm,
  );

function paceRows({ planId, name, team, rows }: PlanPace, indicators: readonly Indicator[]): PaceRow[] {
  const row = (userId: string) => (cell: PaceCell, place: number) => {
    const { indicatorId, ...figures } = cell;
    return { planId, planName: name, place, userId, ...namesOf(indicatorId, indicators), ...figures };
  };
  return [...team.map(row('')), ...rows.flatMap(({ userId, cells }) => cells.map(row(userId)))];
}

function moneyRows({ subject, currency }: PlanWork, pace: PlanPace, { time }: MonthOfPlans): PlanMoneyRow[] {
  const { pipelineId, teamId } = subject;
  const { elapsed, days } = time;
  return [{ ...pace, userId: '' }, ...pace.rows].map(({ userId, sold, target }) => ({
    ...{ planId: pace.planId, planName: pace.name, pipelineId, teamId, userId },
    ...{ soldKopecks: sold, targetKopecks: target, currency },
    ...{ elapsed, workingDays: days.all, daysLeft: days.left },
  }));
}

function dayRows(work: PlanWork, { time }: MonthOfPlans): PaceDayRow[] {
  return paceByDay(work, time).map(({ dueKopecks, soldKopecks, ...figures }) => ({
    ...{ planId: work.planId, ...figures },
    dueKopecks: dueKopecks?.toString() ?? null,
    soldKopecks: soldKopecks?.toString() ?? null,
  }));
}
