import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { repositoryFile } from './compose-file.js';
import { promtool, testWithPromtool } from './needs-promtool.js';
import { type AlertRule, readRules } from './prometheus-rules.js';

const infrastructure = fileURLToPath(repositoryFile('infra/prometheus/'));
const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).sort().map((name) => join(folder, name));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'funnelwatch-alerts-'));
  await cp(infrastructure, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

testWithPromtool('Prometheus takes the configuration and the rules', async () => {
  expect(await promtool('check', 'config', join(infrastructure, 'prometheus.yml'))).toMatchObject({ exitCode: 0 });
  expect(await promtool('check', 'rules', ...(await filesOf(join(infrastructure, 'rules'))))).toMatchObject({
    exitCode: 0,
  });
});

testWithPromtool('alerts fire when they should, with their words, and not a moment or a step before', async () => {
  const tests = await filesOf(join(infrastructure, 'tests'));
  const { exitCode, output } = await promtool('test', 'rules', ...tests);
  expect([exitCode, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
});

type Spoil = (rule: AlertRule) => AlertRule;

/** Spoils every rule in the same way; returns the alerts whose tests did not notice. */
async function unnoticed(spoil: Spoil): Promise<string[]> {
  const alerts: string[] = [];
  for (const path of await filesOf(join(infrastructure, 'rules'))) {
    const file = parse(await readFile(path, 'utf8')) as { groups: { rules: AlertRule[] }[] };
    for (const group of file.groups) {
      alerts.push(...group.rules.map(({ alert }) => alert));
      group.rules = group.rules.map(spoil);
    }
    await writeFile(join(folder, 'rules', basename(path)), stringify(file));
  }
  const { output } = await promtool('test', 'rules', ...(await filesOf(join(folder, 'tests'))));
  const noticed = new Set([...output.matchAll(/alertname: (\w+), time:/g)].map(([, alert]) => alert));
  return alerts.filter((alert) => !noticed.has(alert)).sort();
}

testWithPromtool(
  'tests notice an alert that is always silent, always fires, does not wait, or says something else',
  async () => {
    const watchdog = ['Watchdog'];
    const withoutWait = (await readRules()).filter((rule) => rule.for === undefined).map(({ alert }) => alert);
    const spoilt: Record<string, { spoil: Spoil; except: string[] }> = {
      'is always silent': { spoil: (rule) => ({ ...rule, expr: `(${rule.expr}) unless on() vector(1)` }), except: [] },
      'fires where it was silent': {
        spoil: (rule) => ({ ...rule, expr: `(${rule.expr}) or on() vector(1)`, for: '0s' }),
        except: watchdog,
      },
      'does not wait': { spoil: (rule) => ({ ...rule, for: '0s' }), except: withoutWait.sort() },
      'has another severity': { spoil: (rule) => ({ ...rule, labels: { ...rule.labels, severity: 'x' } }), except: [] },
      'says something else': {
        spoil: (rule) => ({ ...rule, annotations: { ...rule.annotations, description: 'x' } }),
        except: [],
      },
    };
    for (const [what, { spoil, except }] of Object.entries(spoilt)) {
      expect([what, await unnoticed(spoil)]).toEqual([what, except]);
    }
  },
);
