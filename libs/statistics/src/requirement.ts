/** Beyond so many tries or successes no requirement is looked for: nobody plans for them by chance. */
const mostTries = 1_000_000;
const mostWanted = 20_000;

interface Observed {
  /** How many of the tries succeeded. */
  successes: number;
  tries: number;
}

/**
 * Chance of `wanted` or more successes in `n` tries, when all that is known of the rate is `observed`: the upper tail of the
 * beta-binomial distribution with Jeffreys' prior, X ~ BetaBinomial(n, x + ½, m − x + ½). Throws a RangeError on counts that
 * cannot be.
 */
export function chanceOfAtLeast(wanted: number, n: number, observed: Observed): number {
  const { successes, tries } = observed;
  const areCounts = [wanted, n, successes, tries].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!areCounts || successes > tries)
    throw new RangeError(`${wanted} of ${n} by ${successes} of ${tries} are no counts.`);
  if (wanted === 0) return 1;
  if (wanted > n) return 0;
  const won = successes + 0.5;
  const lost = tries - successes + 0.5;
  // P(X = 0) = B(won, lost + n) / B(won, lost), then each term from the one before it.
  let term = logGamma(lost + n) - logGamma(won + lost + n) + logGamma(won + lost) - logGamma(lost);
  let below = 0;
  for (let k = 0; k < wanted; k += 1) {
    below += Math.exp(term);
    term += Math.log(((n - k) * (won + k)) / ((k + 1) * (lost + n - k - 1)));
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/**
 * The fewest tries with which `wanted` successes come about with a chance of `chance` at least, by what was observed; null
 * when a million would not do, or more than 20 000 are wanted. Throws a RangeError on counts that cannot be, or a chance outside of 0 to 1.
 */
export function triesFor(wanted: number, chance: number, observed: Observed): number | null {
  if (!(chance > 0 && chance < 1)) throw new RangeError(`${chance} is no chance to plan for.`);
  if (wanted > mostWanted) return null;
  const suffices = (n: number) => chanceOfAtLeast(wanted, n, observed) >= chance;
  let enough = Math.max(1, wanted);
  while (!suffices(enough)) {
    if (enough >= mostTries) return null;
    enough = Math.min(mostTries, enough * 2);
  }
  let tooFew = wanted - 1;
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** Logarithm of the gamma function of a positive number: Stirling's series, far enough out to be exact to a dozen digits. */
function logGamma(x: number): number {
  let shift = 0;
  let far = x;
  for (; far < 15; far += 1) shift += Math.log(far);
  const inverse = 1 / far;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (far - 0.5) * Math.log(far) - far + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
