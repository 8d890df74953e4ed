import { describe, expect, test } from '@jest/globals';
import { whatBrokerLacks } from '@funnelwatch/testing/broker';
import { runChaos } from './run-chaos.js';

const lacking = await whatBrokerLacks();
if (lacking !== null && process.env['CI']) throw new Error(`Chaos must run here: ${lacking}`);
const describeWithBroker = lacking === null ? describe : describe.skip;

describeWithBroker(`chaos${lacking === null ? '' : ` (left out: ${lacking})`}`, () => {
  test('a short run with every fault loses, doubles and reorders nothing', async () => {
    const said: string[] = [];
    const outcome = await runChaos({ seed: 7, seconds: 20, say: (text) => void said.push(text) });
    expect({ problems: outcome.problems, said: outcome.problems.length > 0 ? said : [] }).toEqual({
      problems: [],
      said: [],
    });
    expect(outcome.happened).toHaveLength(9);
    expect(outcome.acknowledged).toBeGreaterThan(500);
  });
});
