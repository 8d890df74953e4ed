import { wilson } from '@funnelwatch/statistics';

/** Confirmed violations of somebody by severity, of so many opportunities to violate. */
export interface ConfirmedWork {
  person: string;
  checks: number;
  confirmed: Readonly<Record<'S1' | 'S2' | 'S3', number>>;
}

/** What a violation weighs: published, the same for everybody. */
export const severityWeights = { S1: 1, S2: 0.5, S3: 0.2 } as const;

/** Below so many checks there is no evidence, and no effect. */
export const leastChecks = 50;

const decimals = 10_000;

/**
 * Quality of work Q = 1 − Σ weight · rate, each rate at its lower bound by Wilson: doubt favours the employee. Null below
 * `leastChecks`: without evidence it changes nothing. A decimal text of four digits, rounded up, so that pay goes on exactly.
 */
export function qualityOf({ checks, confirmed }: Omit<ConfirmedWork, 'person'>): string | null {
  if (checks < leastChecks) return null;
  const severities = ['S1', 'S2', 'S3'] as const;
  const lowered = severities.reduce((sum, severity) => {
    const low = wilson(Math.min(confirmed[severity], checks), checks)?.low ?? 0;
    return sum + severityWeights[severity] * low;
  }, 0);
  const quality = Math.ceil((1 - Math.min(lowered, 1)) * decimals - 1e-6);
  return `${Math.floor(quality / decimals)}.${String(quality % decimals).padStart(4, '0')}`;
}
