/** What a product and a peer reached in rounds that alternated, and the ratio of each round. */
export interface Comparison {
  product: number[];
  peer: number[];
  ratios: number[];
}

/** Each does its work once and says how much of it a second. */
export interface Contest {
  product(): Promise<number>;
  peer(): Promise<number>;
  /** Done before each round. */
  between?(): Promise<void>;
  /** Turns of a round for each; 6 unless told. */
  turns?: number;
  /** Rounds that count; 5 unless told. */
  rounds?: number;
}

const roundsUnlessTold = Number(process.env['BENCH_ROUNDS'] ?? '5');
/** How often product and peer take turns within a round. */
const turnsOfRound = Number(process.env['BENCH_TURNS'] ?? '6');

/**
 * Measures both by many short turns, after a round that does not count. Other work on the machine slows neighbours in
 * time alike, so the ratio of a round says more than its figures. Who goes first changes from turn to turn, and from round to
 * round: the first turn after a checkpoint writes more than the others.
 */
export async function compare(contest: Contest): Promise<Comparison> {
  const { product, peer, between, turns = turnsOfRound, rounds = roundsUnlessTold } = contest;
  const comparison: Comparison = { product: [], peer: [], ratios: [] };
  for (let round = 0; round <= rounds; round += 1) {
    await between?.();
    const pace = { product: 0, peer: 0 };
    for (let turn = 0; turn < turns; turn += 1) {
      const order = (turn + round) % 2 === 0 ? (['product', 'peer'] as const) : (['peer', 'product'] as const);
      for (const who of order) pace[who] += 1 / (await (who === 'product' ? product() : peer())) / turns;
    }
    if (round === 0) continue;
    comparison.product.push(1 / pace.product);
    comparison.peer.push(1 / pace.peer);
    comparison.ratios.push(pace.peer / pace.product);
  }
  return comparison;
}

/** How many a second: `count` done by `work`. */
export async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (count * 1000) / (performance.now() - beganMs);
}
