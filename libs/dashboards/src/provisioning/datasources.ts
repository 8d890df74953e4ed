import { POSTGRES_TYPE, PROMETHEUS, READ_MODELS } from '../authoring/datasources.js';
import type { Client } from './clients.js';
import { type Plain, toYaml } from './yaml.js';

const COMMENT = [
  'Written by `npm run -w @funnelwatch/dashboards-app generate`; change libs/dashboards instead.',
  'Fixed uids: dashboards and alerts name their sources by them, the same in every organisation.',
  'The read models are read as logins that may read views and nothing else; each organisation of a client has its own, and',
  'PostgreSQL shows it the portals of that client. Prometheus keeps no clients apart, so only the staff has it.',
  'sslmode: the network of the compose file is its own and has no way out; elsewhere take verify-full.',
];

const prometheus: Plain = {
  orgId: 1,
  name: 'Prometheus',
  uid: PROMETHEUS.uid ?? '',
  type: 'prometheus',
  access: 'proxy',
  url: 'http://prometheus:9090',
  isDefault: true,
  editable: false,
  jsonData: { httpMethod: 'POST', timeInterval: '15s', manageAlerts: true },
};

const readModels = (orgId: number, user: string, passwordFile: string): Plain => ({
  orgId,
  name: 'Read models',
  uid: READ_MODELS.uid ?? '',
  type: POSTGRES_TYPE,
  access: 'proxy',
  url: 'postgres:5432',
  user,
  isDefault: orgId !== 1,
  editable: false,
  secureJsonData: { password: `$__file{${passwordFile}}` },
  jsonData: {
    database: 'funnelwatch',
    sslmode: 'disable',
    postgresVersion: 1800,
    timescaledb: false,
    timeInterval: '1m',
    maxOpenConns: 10,
    maxIdleConns: 2,
    connMaxLifetime: 14400,
  },
});

/** The sources of every organisation, as YAML. */
export const datasourcesYaml = (clients: readonly Client[]): string =>
  toYaml(
    {
      apiVersion: 1,
      prune: true,
      datasources: [
        prometheus,
        readModels(1, 'funnelwatch_grafana', '/run/secrets/grafana_database_password'),
        ...clients.map(({ org, login, passwordFile }) => readModels(org, login, passwordFile)),
      ],
    },
    COMMENT,
  );
