import type { DefinedDashboard } from '@funnelwatch/dashboards';

export const rangeNames = ['24h', '7d', '30d', '90d'] as const;
export type RangeName = (typeof rangeNames)[number];

/** A range of time that ends now, with the width of a point that Grafana would ask for over it. */
export interface Range {
  name: RangeName;
  from: Date;
  to: Date;
  intervalMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const lengths: Record<RangeName, { hours: number; intervalMs: number }> = {
  '24h': { hours: 24, intervalMs: MINUTE },
  '7d': { hours: 7 * 24, intervalMs: 10 * MINUTE },
  '30d': { hours: 30 * 24, intervalMs: 30 * MINUTE },
  '90d': { hours: 90 * 24, intervalMs: 2 * HOUR },
};

const nameOf = (from: string | null | undefined): RangeName | undefined =>
  rangeNames.find((name) => from === `now-${name}`);

/** The range that an address asks for as Grafana writes it (`from=now-7d`), else that of the dashboard. */
export function rangeOf({ json }: DefinedDashboard, address: URLSearchParams, now: Date): Range {
  const name = nameOf(address.get('from')) ?? nameOf(json.time?.from) ?? '24h';
  const { hours, intervalMs } = lengths[name];
  return { name, from: new Date(now.getTime() - hours * HOUR), to: now, intervalMs };
}
