import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { gaugeOf } from './create-metric.js';
import { fillOnScrape, scrapeErrorCount } from './scrape-reading.js';

/** A registry with a reading whose answers the test decides. */
function withReading(answers: (() => Promise<Record<string, number>>)[], times = { patienceMs: 1_000, briefMs: 500 }) {
  const registry = new Registry();
  const [events, seconds] = [
    gaugeOf(registry, 'funnelwatch_relay_lag_events'),
    gaugeOf(registry, 'funnelwatch_relay_lag_seconds'),
  ];
  let readings = 0;
  let nowMs = 0;
  const warnings: unknown[] = [];
  fillOnScrape(registry, {
    reading: 'relay',
    gauges: [events, seconds],
    read: () => {
      const answer = answers[Math.min(readings, answers.length - 1)];
      readings += 1;
      return answer ? answer() : Promise.reject(new Error('no answer'));
    },
    fill: (rows) => {
      for (const [bucket, value] of Object.entries(rows)) {
        events.set({ bucket }, value);
        seconds.set({ bucket }, value);
      }
    },
    logger: { warn: (fields: unknown) => void warnings.push(fields) },
    ...times,
    nowMs: () => nowMs,
  });
  const scrape = async () =>
    (await registry.metrics()).split('\n').filter((line) => /^funnelwatch_(relay|scrape_errors)/.test(line));
  return { scrape, pass: (ms: number) => (nowMs += ms), readings: () => readings, warnings, registry };
}

const errors = (count: number): string => `funnelwatch_scrape_errors_total{reading="relay"} ${count}`;

test('a scrape and all who scrape at once share one reading, which is kept for five seconds', async () => {
  const { scrape, pass, readings } = withReading([async () => ({ 1: 10 }), async () => ({ 2: 20 })]);
  const [first, second] = await Promise.all([scrape(), scrape()]);
  const shown = [
    'funnelwatch_relay_lag_events{bucket="1"} 10',
    'funnelwatch_relay_lag_seconds{bucket="1"} 10',
    errors(0),
  ];
  expect([...first].sort()).toEqual([...shown].sort());
  expect(second).toEqual(first);
  pass(4_999);
  await scrape();
  expect(readings()).toBe(1);
  pass(1);
  // What is gone is not shown any more.
  expect(await scrape()).toEqual(expect.not.arrayContaining(['funnelwatch_relay_lag_events{bucket="1"} 10']));
  expect(readings()).toBe(2);
});

test('a reading that fails is counted in the same scrape, said once, and what was known is shown', async () => {
  const { scrape, pass, warnings } = withReading([
    async () => ({ 1: 10 }),
    () => Promise.reject(new Error('the database is away')),
    () => Promise.reject(new Error('the database is away')),
    async () => ({ 1: 11 }),
    () => Promise.reject(new Error('away again')),
  ]);
  await scrape();
  for (const count of [1, 2]) {
    pass(5_000);
    expect(await scrape()).toEqual(
      expect.arrayContaining(['funnelwatch_relay_lag_events{bucket="1"} 10', errors(count)]),
    );
  }
  expect(warnings).toEqual([{ reading: 'relay', reason: 'the database is away' }]);
  expect(await scrape()).toEqual(expect.arrayContaining(['funnelwatch_relay_lag_events{bucket="1"} 11', errors(2)]));
  pass(5_000);
  await scrape();
  expect(warnings).toHaveLength(2);
});

test('a first reading that hangs is waited for a moment only, asked once, and shown when it comes', async () => {
  let answer: (rows: Record<string, number>) => void = () => undefined;
  const hanging = new Promise<Record<string, number>>((resolve) => (answer = resolve));
  const { scrape, readings } = withReading([() => hanging], { patienceMs: 20, briefMs: 5 });
  for (const count of [1, 2]) expect(await scrape()).toEqual([errors(count)]);
  expect(readings()).toBe(1);
  answer({ 3: 30 });
  await hanging;
  expect(await scrape()).toEqual(expect.arrayContaining(['funnelwatch_relay_lag_events{bucket="3"} 30', errors(2)]));
});

test('with something to show a scrape does not wait: what comes later is shown by the next, what never comes is an error', async () => {
  let answer: (rows: Record<string, number>) => void = () => undefined;
  const slow = () => new Promise<Record<string, number>>((resolve) => (answer = resolve));
  const { scrape, pass, readings } = withReading([async () => ({ 1: 10 }), slow, slow], {
    patienceMs: 60_000,
    briefMs: 5,
  });
  const shown = (value: number, count: number) =>
    expect.arrayContaining([`funnelwatch_relay_lag_events{bucket="1"} ${value}`, errors(count)]);
  expect(await scrape()).toEqual(shown(10, 0));
  pass(5_000);
  expect(await scrape()).toEqual(shown(10, 0));
  answer({ 1: 11 });
  expect(await scrape()).toEqual(shown(11, 0));
  pass(5_000);
  expect(await scrape()).toEqual(shown(11, 0));
  pass(59_999);
  expect(await scrape()).toEqual(shown(11, 0));
  pass(1);
  expect(await scrape()).toEqual(shown(11, 1));
  expect(readings()).toBe(3);
});

test('how long a reading took is shown in the scrape that waited for it', async () => {
  const { registry } = withReading([async () => ({ 1: 10 })]);
  expect(await registry.metrics()).toMatch(/^funnelwatch_scrape_reading_seconds\{reading="relay"\} 0\.\d+/m);
});

test('a figure without labels is no number until it was read: 0 would say that all is well', async () => {
  const registry = new Registry();
  const gauge = gaugeOf(registry, 'funnelwatch_rule_clocks_frozen');
  fillOnScrape(registry, {
    reading: 'rule-clocks',
    gauges: [gauge],
    read: () => Promise.reject(new Error('away')),
    fill: () => gauge.set(0),
    logger: { warn: () => undefined },
  });
  expect(await registry.metrics()).toMatch(/^funnelwatch_rule_clocks_frozen Nan$/im);
});

test('a reading that no scrape waits for is counted as well, from 0 on', async () => {
  const registry = new Registry();
  const count = scrapeErrorCount(registry, 'holes');
  expect(await registry.metrics()).toContain('funnelwatch_scrape_errors_total{reading="holes"} 0');
  count();
  expect(await registry.metrics()).toContain('funnelwatch_scrape_errors_total{reading="holes"} 1');
});
