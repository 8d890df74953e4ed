/**
 * Chance of `hits` or more of `n` when each is one with chance `share`: the upper tail of the binomial distribution, exact
 * but for rounding. Throws a RangeError unless 0 ≤ hits ≤ n are integers and 0 ≤ share ≤ 1.
 */
export function binomialTail(hits: number, n: number, share: number): number {
  const areCounts = Number.isSafeInteger(hits) && Number.isSafeInteger(n) && hits >= 0 && hits <= n;
  if (!areCounts || !(share >= 0 && share <= 1))
    throw new RangeError(`${hits} of ${n} with chance ${share} is no count.`);
  if (hits === 0 || share === 1) return 1;
  if (share === 0) return 0;
  let tail = 0;
  // By logarithms: the terms of thousands of checks are smaller than numbers can be.
  let term = n * Math.log1p(-share);
  for (let k = 0; k <= n; k += 1) {
    if (k > 0) term += Math.log((n - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    if (k >= hits) tail += Math.exp(term);
  }
  return Math.min(1, tail);
}

/**
 * Adjusts chances of many comparisons for their number (Benjamini and Hochberg, J. R. Stat. Soc. B 1995): those below a
 * limit have at most that share of false ones among them. In the order given.
 */
export function benjaminiHochberg(chances: readonly number[]): number[] {
  const descending = chances
    .map((chance, index) => ({ chance, index }))
    .sort((left, right) => right.chance - left.chance);
  const adjusted = new Array<number>(chances.length).fill(1);
  let least = 1;
  descending.forEach(({ chance, index }, place) => {
    const rank = chances.length - place;
    least = Math.min(least, (chance * chances.length) / rank);
    adjusted[index] = least;
  });
  return adjusted;
}
