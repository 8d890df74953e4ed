import { describe, test } from '@jest/globals';
import { afterBackfill, afterKills, afterLiveCapture } from './scenarios.js';

const seeds = [11, 12, 13, 14, 15];
const horizonsDays = '14,none';

describe('every figure of the funnel equals the planted truth', () => {
  test('after the backfill alone', () => afterBackfill(seeds, horizonsDays));
  test('after live capture alone', () => afterLiveCapture(seeds, horizonsDays));
  test('after kill -9 of every app at random moments', () => afterKills(seeds, horizonsDays, 20_261_124));
});
