import { describe, expect, test } from '@jest/globals';
import { defineSqlAlert, type SqlAlert } from '../alerts/sql-alert.js';
import { type Audience, defineDashboard, type DefinedDashboard, panelRef } from '../authoring/dashboard.js';
import { evenLine, head } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { stat } from '../authoring/panels/stat.js';
import { rows } from '../authoring/queries.js';
import type { Client, Settings } from './clients.js';
import { type Catalogue, generateFiles } from './files.js';

const dashboard = (uid: string, folder: string, audience: Audience): DefinedDashboard =>
  defineDashboard({
    uid,
    title: `Title of ${uid}`,
    folder,
    audience,
    description: 'Is it well?',
    range: '24h',
    refresh: 'off',
    sections: [
      head(
        evenLine(
          4,
          stat({
            title: 'Figure',
            description: { what: 'A figure.', source: 'grafana.portal' },
            unit: 'short',
            decimals: 0,
            noValue: 'nothing',
            query: rows('SELECT 1'),
            links: [consoleLink('/operations')],
          }),
        ),
      ),
    ],
  });

const workers = dashboard('fw-workers', 'Operations', 'staff');
const plan = dashboard('fw-plan', 'Sales', 'client');

const alert = (uid: string, audience: Audience, leadsTo: DefinedDashboard): SqlAlert =>
  defineSqlAlert({
    uid,
    title: `Alert ${uid}`,
    folder: leadsTo.folder,
    group: 'All',
    audience,
    sql: `SELECT name AS portal, 1 AS "value" FROM grafana.portal`,
    op: 'gt',
    threshold: 0,
    for: '5m',
    noDataState: 'OK',
    execErrState: 'Error',
    severity: 'warning',
    team: audience === 'client' ? 'account' : 'operations',
    summary: '{{ .Labels.portal }}',
    description: 'It is so.',
    runbook: 'it',
    panel: panelRef(leadsTo, 'Figure'),
  });

const catalogue: Catalogue = {
  dashboards: [workers, plan],
  alerts: [alert('fw-lag', 'staff', workers), alert('fw-risk', 'client', plan)],
  retiredAlerts: ['fw-gone'],
};
const romashka: Client = { org: 2, name: 'Romashka', login: 'client_romashka', passwordFile: '/run/secrets/romashka' };
const lutik: Client = {
  org: 3,
  name: 'Lutik',
  login: 'client_lutik',
  passwordFile: '/run/secrets/lutik',
  alertEmail: 'head@example.com',
};
const settings: Settings = { consoleUrl: 'https://funnel.example.com', timeZone: 'Asia/Omsk', language: 'en' };

const generated = (clients: Client[] = [], changes: Partial<Catalogue> = {}): Map<string, string> =>
  generateFiles({ ...catalogue, ...changes }, clients, settings);
const json = (files: Map<string, string>, path: string): unknown => JSON.parse(files.get(path) ?? 'null');
const alerting = (files: Map<string, string>, name: string): unknown => json(files, `provisioning/alerting/${name}`);

test('there is a file for every dashboard in its folder, and those of provisioning', () => {
  expect([...generated().keys()]).toEqual([
    'dashboards/Operations/fw-workers.json',
    'dashboards/Sales/fw-plan.json',
    'provisioning/datasources/funnelwatch.yml',
    'provisioning/dashboards/funnelwatch.yml',
    'provisioning/alerting/rules.json',
    'provisioning/alerting/contact-points.json',
    'provisioning/alerting/policies.json',
    'provisioning/alerting/mute-timings.json',
  ]);
});

test('the same input gives the same bytes', () => {
  expect([...generated([romashka, lutik])]).toEqual([...generated([romashka, lutik])]);
});

test('links into the console begin with the address of the installation', () => {
  expect(generated().get('dashboards/Sales/fw-plan.json')).toContain('"value": "https://funnel.example.com"');
});

describe('a client', () => {
  const sources = generated([romashka]).get('provisioning/datasources/funnelwatch.yml') ?? '';
  const providers = generated([romashka]).get('provisioning/dashboards/funnelwatch.yml') ?? '';

  test('reads the same source through a login of its own, and no metrics', () => {
    expect(sources.match(/uid: pg-readmodel/g)).toHaveLength(2);
    expect(sources.match(/uid: prom\n/g)).toHaveLength(1);
    expect(sources).toMatch(/- orgId: 2\n(.+\n)+? {4}user: client_romashka\n/);
    expect(sources).toContain(`password: '$__file{/run/secrets/romashka}'`);
  });

  test('gets the folders that are for clients and no other', () => {
    expect(providers).toContain(`  - name: funnelwatch-2-sales
    orgId: 2
    folder: Sales
    type: file
    disableDeletion: false
    allowUiUpdates: false
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/dashboards/Sales
`);
    expect(providers.match(/orgId: 2/g)).toHaveLength(1);
  });

  test('that names an address is told of its own portals alone, by the rules that are for clients', () => {
    const files = generated([romashka, lutik]);
    expect(alerting(files, 'rules.json')).toMatchObject({
      groups: [
        { orgId: 1, folder: 'Operations', rules: [{ uid: 'fw-lag' }] },
        { orgId: 1, folder: 'Sales', rules: [{ uid: 'fw-risk' }] },
        { orgId: 3, folder: 'Sales', rules: [{ uid: 'fw-risk' }] },
      ],
    });
    expect(alerting(files, 'contact-points.json')).toMatchObject({
      contactPoints: [
        { orgId: 1, name: 'operations' },
        { orgId: 1, name: 'account' },
        { orgId: 3, name: 'account', receivers: [{ settings: { addresses: 'head@example.com' } }] },
      ],
    });
    expect(alerting(files, 'policies.json')).toMatchObject({ policies: [{ orgId: 1 }, { orgId: 3 }] });
    expect(alerting(files, 'mute-timings.json')).toMatchObject({
      muteTimes: [{ orgId: 1, time_intervals: [{ location: 'Asia/Omsk' }] }, { orgId: 3 }],
    });
  });
});

test('a rule that is gone is deleted in every organisation', () => {
  expect(alerting(generated([romashka]), 'rules.json')).toMatchObject({
    deleteRules: [
      { orgId: 1, uid: 'fw-gone' },
      { orgId: 2, uid: 'fw-gone' },
    ],
  });
});

test('every receiver and mute timing that a policy names is there', () => {
  const files = generated([lutik]);
  const { contactPoints } = alerting(files, 'contact-points.json') as { contactPoints: object[] };
  const { muteTimes } = alerting(files, 'mute-timings.json') as { muteTimes: object[] };
  const { policies } = alerting(files, 'policies.json') as {
    policies: { orgId: number; receiver: string; routes: { receiver: string; mute_time_intervals?: string[] }[] }[];
  };
  for (const { orgId, receiver, routes } of policies) {
    for (const name of [receiver, ...routes.map((route) => route.receiver)]) {
      expect(contactPoints).toContainEqual(expect.objectContaining({ orgId, name }));
    }
    for (const name of routes.flatMap((route) => route.mute_time_intervals ?? [])) {
      expect(muteTimes).toContainEqual(expect.objectContaining({ orgId, name }));
    }
  }
});

test('no secret stands in any file: passwords and the webhook are files that Grafana reads', () => {
  const provisioned = [...generated([lutik])].filter(([path]) => path.startsWith('provisioning/'));
  const all = provisioned.map(([, text]) => text).join('');
  const secrets = [...all.matchAll(/(?:password|"url"): *['"]?(.*?)['"]?,?\n/g)].map(([, value]) => value);
  expect(secrets).toHaveLength(3);
  for (const value of secrets) expect(value).toMatch(/^\$__file\{\/run\/secrets\/\w+\}$/);
});

describe('refused', () => {
  test.each<[string, Partial<Catalogue>]>([
    ['DASHBOARD_TWICE', { dashboards: [workers, plan, workers] }],
    ['FOLDER_NAME', { dashboards: [workers, plan, dashboard('fw-a', '../etc', 'staff')] }],
    ['MIXED_FOLDER', { dashboards: [workers, plan, dashboard('fw-a', 'Sales', 'staff')] }],
    ['ALERT_DASHBOARD', { dashboards: [plan] }],
    ['ALERT_DASHBOARD', { alerts: [alert('fw-risk', 'client', workers)] }],
    ['ALERT_RETIRED', { retiredAlerts: ['fw-lag'] }],
    ['ALERT_TWICE', { alerts: [...catalogue.alerts, ...catalogue.alerts] }],
  ])('%s', (code, wrong) => {
    expect(() => generated([], wrong)).toThrow(code);
  });

  test('a folder in another alphabet is not', () => {
    const russian = dashboard('fw-a', 'Работа системы', 'staff');
    expect(generated([], { dashboards: [workers, plan, russian] }).has('dashboards/Работа системы/fw-a.json')).toBe(
      true,
    );
  });
});
