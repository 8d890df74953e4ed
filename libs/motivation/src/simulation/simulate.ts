import { Rational } from '@funnelwatch/kernel';
import type { Earnings } from '../earnings/earnings.js';
import type { DayOfWork } from '../pay/performance.js';
import { earnedIn, type PayInputs } from '../pay/payslip.js';
import type { MotivationScheme } from '../scheme/scheme.js';

/** What somebody did in a recorded month, and what the month paid them by what held then. */
export interface RecordedMonth {
  userId: string;
  month: string;
  days: readonly DayOfWork[];
  inputs: PayInputs;
  /** Null where nothing paid them, or it cannot be computed. */
  paidKopecks: bigint | null;
}

/** A month of one person by the scheme that is tried. */
export interface SimulatedMonth {
  userId: string;
  month: string;
  /** Null where the scheme goes by a plan and there is none. */
  kopecks: bigint | null;
  paidKopecks: bigint | null;
  soldKopecks: bigint;
}

/** How many person-months come how close to a bound from which more is paid. */
export interface ThresholdCrowd {
  /** What is compared with the bound: points with their target, or sales with the quota. */
  of: 'points' | 'commission';
  /** Share of the target or quota, as the scheme writes it. */
  from: string;
  /** Below the bound by no more than a tenth of the target; such people have most to gain from one more fact. */
  justBelow: number;
  /** At the bound or above it by less than a tenth. */
  justAbove: number;
}

/** What the budget would be if everybody sold, or did, so much more or less. */
export interface Sensitivity {
  what: 'sales' | 'actions';
  /** In per cent of what was recorded, for instance −10. */
  percent: number;
  kopecks: bigint;
}

export interface Simulation {
  months: readonly SimulatedMonth[];
  thresholds: readonly ThresholdCrowd[];
  sensitivity: readonly Sensitivity[];
}

const steps = [-20, -10, 10, 20] as const;
const near = Rational.of(1n, 10n);

/** Sums up recorded months one after another, so that no more than one of them is held. */
export class SchemeSimulation {
  private readonly months: SimulatedMonth[] = [];
  private readonly crowds: (ThresholdCrowd & { bound: Rational })[];
  private readonly budgets = new Map<string, bigint>();
  private readonly advances = new Map<string, bigint>();

  constructor(private readonly scheme: MotivationScheme) {
    const crowd = (of: ThresholdCrowd['of'], from: string) => ({
      ...{ of, from, justBelow: 0, justAbove: 0, bound: Rational.ofDecimal(from) },
    });
    this.crowds = [
      ...(scheme.salary.points?.table ?? []).map(({ from }) => crowd('points', from)),
      ...(scheme.commission?.tiers ?? []).map(({ from }) => crowd('commission', from)),
    ].filter(({ bound }) => bound.compare(Rational.zero) > 0);
  }

  /** Replays one month of one person; months of a person come in order, because advances are carried over. */
  add({ userId, month, days, inputs, paidKopecks }: RecordedMonth): void {
    const advance = (key: string) => this.advances.get(`${userId} ${key}`) ?? 0n;
    const earn = (key: string, work: readonly DayOfWork[]): Earnings | null => {
      const earnings = earnedIn(this.scheme, work, inputs, advance(key));
      if (earnings) this.advances.set(`${userId} ${key}`, earnings.advanceKopecks);
      return earnings;
    };
    const earnings = earn('', days);
    const soldKopecks = soldOf(earnings);
    this.months.push({ userId, month, kopecks: earnings?.totalKopecks ?? null, paidKopecks, soldKopecks });
    if (!earnings) return;
    this.crowd(earnings);
    for (const percent of steps) {
      for (const what of ['sales', 'actions'] as const) {
        const key = `${what} ${percent}`;
        const changed = earn(
          key,
          days.map((day) => scaled(day, what, percent)),
        );
        this.budgets.set(key, (this.budgets.get(key) ?? 0n) + (changed?.totalKopecks ?? 0n));
      }
    }
  }

  /** What came of the months so far. */
  result(): Simulation {
    const sensitivity = (['sales', 'actions'] as const).flatMap((what) =>
      steps.map((percent) => ({ what, percent, kopecks: this.budgets.get(`${what} ${percent}`) ?? 0n })),
    );
    return {
      months: this.months,
      thresholds: this.crowds.map(({ bound: _bound, ...crowd }) => crowd),
      sensitivity,
    };
  }

  private crowd({ score, lines }: Earnings): void {
    const attainment = lines.find(({ kind }) => kind === 'commission')?.because['attainment'];
    for (const crowd of this.crowds) {
      const ratio =
        crowd.of === 'points' ? score?.ratio : attainment === undefined ? undefined : Rational.ofText(attainment);
      if (!ratio) continue;
      const above = ratio.minus(crowd.bound);
      if (above.compare(Rational.zero) < 0) {
        if (above.negated().compare(near) <= 0) crowd.justBelow += 1;
      } else if (above.compare(near) < 0) crowd.justAbove += 1;
    }
  }
}

const soldOf = (earnings: Earnings | null): bigint =>
  BigInt(earnings?.lines.find(({ kind }) => kind === 'commission')?.because['soldKopecks'] ?? '0');

/** A day with so many per cent more sales, or actions; rounded half up, away from nothing. */
function scaled(day: DayOfWork, what: Sensitivity['what'], percent: number): DayOfWork {
  const factor = Rational.of(100 + percent, 100);
  const isSale = day.kopecks !== null;
  if (what === 'sales') {
    return isSale ? { ...day, kopecks: factor.times(Rational.of(day.kopecks ?? 0n)).round() } : day;
  }
  return isSale ? day : { ...day, actions: Number(factor.times(Rational.of(day.actions)).round()) };
}
