/** A rate of one of several people: how many of how many. */
export interface Rate {
  converted: number;
  n: number;
}

const leastWeight = 5;
const mostWeight = 200;

/**
 * How many observations of the whole team a person's own rate is mixed with, from 5 to 200: few where people really differ,
 * many where their differences are no more than chance would make. Method of moments of the beta-binomial model (analysis of
 * variance estimator of the correlation within a person).
 */
export function shrinkageWeight(team: readonly Rate[]): number {
  const seen = team.filter(({ n }) => n > 0);
  const total = seen.reduce((sum, { n }) => sum + n, 0);
  if (seen.length < 2 || total <= seen.length) return mostWeight;
  const pooled = seen.reduce((sum, { converted }) => sum + converted, 0) / total;
  const between =
    seen.reduce((sum, { converted, n }) => sum + n * (converted / n - pooled) ** 2, 0) / (seen.length - 1);
  const within =
    seen.reduce((sum, { converted, n }) => sum + (converted * (n - converted)) / n, 0) / (total - seen.length);
  const perPerson = (total - seen.reduce((sum, { n }) => sum + n * n, 0) / total) / (seen.length - 1);
  const correlation = (between - within) / (between + (perPerson - 1) * within);
  if (!(correlation > 0)) return mostWeight;
  return Math.min(mostWeight, Math.max(leastWeight, Math.round((1 - correlation) / correlation)));
}

/**
 * A person's rate drawn towards the team's: (x + m·p̄) / (n + m), exact as `[numerator, denominator]` where the team's rate is
 * a pair of counts. Throws a RangeError when the team was never observed.
 */
export function shrunk({ converted, n }: Rate, team: Rate, weight: number): [bigint, bigint] {
  if (team.n === 0) throw new RangeError('A team that was never observed has no rate.');
  const [all, mixed] = [BigInt(team.n), BigInt(weight)];
  return [BigInt(converted) * all + mixed * BigInt(team.converted), (BigInt(n) + mixed) * all];
}
