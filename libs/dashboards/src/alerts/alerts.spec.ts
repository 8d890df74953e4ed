import { describe, expect, test } from '@jest/globals';
import { contactPoints, nightTiming, policy } from './notifications.js';
import { ruleGroups } from './rule-groups.js';
import { defineSqlAlert, type SqlAlertSpec } from './sql-alert.js';

const spec = (changes: Partial<SqlAlertSpec> = {}): SqlAlertSpec => ({
  uid: 'fw-ingestion-lag',
  title: 'Ingestion lag high',
  folder: 'Operations',
  group: 'Ingestion',
  sql: `
    SELECT portal_id::text AS portal_id, name AS portal, coalesce(poll_age_seconds, 0) AS seconds
    FROM grafana.portal
  `,
  op: 'gt',
  threshold: 900,
  for: '10m',
  noDataState: 'Alerting',
  execErrState: 'Error',
  severity: 'warning',
  team: 'operations',
  summary: '{{ .Labels.portal }} has not been read for {{ .Values.A }} s',
  description: 'Its page in the console names the reason.',
  runbook: 'ingestion-lag-high',
  panel: { dashboardUid: 'fw-fleet', panelId: 3 },
  ...changes,
});

describe('a rule', () => {
  test('has the shape of files, not that of the HTTP interface', () => {
    expect(defineSqlAlert(spec({ keepFiringFor: '5m' })).rule).toEqual({
      uid: 'fw-ingestion-lag',
      title: 'Ingestion lag high',
      condition: 'C',
      data: [
        {
          refId: 'A',
          relativeTimeRange: { from: 600, to: 0 },
          datasourceUid: 'pg-readmodel',
          model: {
            refId: 'A',
            format: 'table',
            rawSql: expect.stringMatching(/^SELECT portal_id::text .*\nFROM grafana\.portal$/),
            rawQuery: true,
            editorMode: 'code',
            datasource: { type: 'grafana-postgresql-datasource', uid: 'pg-readmodel' },
            intervalMs: 1000,
            maxDataPoints: 43200,
          },
        },
        {
          refId: 'C',
          relativeTimeRange: { from: 0, to: 0 },
          datasourceUid: '__expr__',
          model: {
            refId: 'C',
            type: 'threshold',
            datasource: { type: '__expr__', uid: '__expr__' },
            expression: 'A',
            conditions: [{ evaluator: { type: 'gt', params: [900] } }],
          },
        },
      ],
      dashboardUid: 'fw-fleet',
      panelId: 3,
      noDataState: 'Alerting',
      execErrState: 'Error',
      for: '10m',
      keepFiringFor: '5m',
      annotations: {
        summary: '{{ .Labels.portal }} has not been read for {{ .Values.A }} s',
        description: 'Its page in the console names the reason.',
        runbook_url: 'docs/runbooks/ingestion-lag-high.md',
      },
      labels: { severity: 'warning', team: 'operations' },
      isPaused: false,
    });
  });

  test.each<[string, Partial<SqlAlertSpec>]>([
    ['UID_SHAPE', { uid: 'Lag' }],
    ['DESCRIPTION_MISSING', { summary: ' ' }],
    ['DOLLAR_IN_TEXT', { summary: '{{ $labels.portal }} is late' }],
    ['DOLLAR_IN_TEXT', { title: 'Costs $5' }],
    ['RUNBOOK_SHAPE', { runbook: 'IngestionLagHigh' }],
    ['VALUE_UNKNOWN', { description: '{{ .Values.B }} s' }],
    ['VARIABLE_IN_ALERT', { sql: 'SELECT 1 WHERE portal_id IN (${portal:sqlstring})' }],
    ['VARIABLE_IN_ALERT', { sql: 'SELECT 1 WHERE portal_id = $portal' }],
    ['TIME_IN_ALERT', { sql: 'SELECT now() AS "time", 1 AS value' }],
    ['TIME_IN_ALERT', { sql: 'SELECT $__time(occurred_at), 1 AS value' }],
  ])('with a fault is refused: %s %j', (code, wrong) => {
    expect(() => defineSqlAlert(spec(wrong))).toThrow(code);
  });

  test('may use macros of the range and columns whose names only begin like time', () => {
    const sql = 'SELECT sum(n) AS times FROM t WHERE $__timeFilter(occurred_at) AND at > $__timeFrom()::timestamptz';
    expect(() => defineSqlAlert(spec({ sql }))).not.toThrow();
  });
});

describe('groups', () => {
  const other = defineSqlAlert(spec({ uid: 'fw-auth', title: 'Webhook revoked' }));
  const elsewhere = defineSqlAlert(spec({ uid: 'fw-plan', folder: 'Sales', group: 'Plans' }));

  test('bring rules together by folder and group, in the order of writing', () => {
    expect(ruleGroups(2, [defineSqlAlert(spec()), elsewhere, other])).toMatchObject([
      {
        orgId: 2,
        name: 'Ingestion',
        folder: 'Operations',
        interval: '60s',
        rules: [{ uid: 'fw-ingestion-lag' }, { uid: 'fw-auth' }],
      },
      { orgId: 2, name: 'Plans', folder: 'Sales', rules: [{ uid: 'fw-plan' }] },
    ]);
  });

  test('hold no uid and no title twice', () => {
    expect(() => ruleGroups(1, [other, other])).toThrow('ALERT_TWICE');
    expect(() => ruleGroups(1, [other, defineSqlAlert(spec({ title: 'Webhook revoked' }))])).toThrow('ALERT_TWICE');
  });
});

describe('who is told', () => {
  test('a contact point has a way for each address it is given', () => {
    const both = contactPoints(1, { operations: { email: '$MAIL', webhook: '$__file{/run/secrets/hook}' } });
    expect(both).toEqual([
      {
        orgId: 1,
        name: 'operations',
        receivers: [
          { uid: 'fw-operations-email', type: 'email', settings: { addresses: '$MAIL', singleEmail: true } },
          {
            uid: 'fw-operations-webhook',
            type: 'webhook',
            settings: { url: '$__file{/run/secrets/hook}', httpMethod: 'POST' },
          },
        ],
      },
    ]);
    expect(contactPoints(2, { account: { email: 'a@b' } })[0]?.receivers).toHaveLength(1);
  });

  test('operations are told at once, of each portal apart', () => {
    const [operations] = policy(1, ['operations', 'account']).routes ?? [];
    expect(operations).toMatchObject({
      receiver: 'operations',
      object_matchers: [['team', '=', 'operations']],
      group_by: ['portal'],
      group_wait: '0s',
    });
    expect(operations).not.toHaveProperty('mute_time_intervals');
  });

  test('account managers sleep, and are told again once a day', () => {
    const [, account] = policy(1, ['operations', 'account']).routes ?? [];
    expect(account).toMatchObject({
      receiver: 'account',
      repeat_interval: '24h',
      mute_time_intervals: [nightTiming(1, 'Europe/Moscow').name],
    });
  });

  test('a tree names only the teams of its organisation', () => {
    expect(policy(2, ['account'])).toMatchObject({ receiver: 'account', routes: [{ receiver: 'account' }] });
    expect(policy(2, ['account']).routes).toHaveLength(1);
  });

  test('the night goes over midnight in the zone of those who sleep, in the words of files', () => {
    expect(nightTiming(1, 'Asia/Omsk').time_intervals).toEqual([
      {
        times: [
          { start_time: '21:00', end_time: '24:00' },
          { start_time: '00:00', end_time: '08:00' },
        ],
        location: 'Asia/Omsk',
      },
    ]);
  });
});
