import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readComposeFile, repositoryFile } from './compose-file.js';

const readYaml = async (path: string): Promise<unknown> => parse(await readFile(repositoryFile(path), 'utf8'));

test('Grafana reads Prometheus and, as a login of its own, the read models', async () => {
  const { services } = await readComposeFile();
  const { datasources } = (await readYaml('infra/grafana/provisioning/datasources/funnelwatch.yml')) as {
    datasources: {
      uid: string;
      url: string;
      user?: string;
      editable: boolean;
      secureJsonData?: { password: string };
    }[];
  };
  expect(datasources.map(({ uid }) => uid)).toEqual(['prom', 'pg-readmodel']);
  for (const { url, editable } of datasources) {
    expect(editable).toBe(false);
    expect(services).toHaveProperty(url.replace(/^https?:\/\//, '').replace(/:\d+$/, ''));
  }
  const [, database] = datasources;
  expect(database?.user).toBe('funnelwatch_grafana');
  const secret = /^\$__file\{\/run\/secrets\/(\w+)\}$/.exec(database?.secureJsonData?.password ?? '');
  expect(services['grafana']?.secrets).toContain(secret?.[1]);
});

test('dashboards are taken from the mounted folder', async () => {
  const { services } = await readComposeFile();
  const { providers } = (await readYaml('infra/grafana/provisioning/dashboards/funnelwatch.yml')) as {
    providers: { options: { path: string } }[];
  };
  const mounted = '/etc/grafana/dashboards';
  expect(services['grafana']?.volumes).toContain(`./infra/grafana/dashboards:${mounted}:ro`);
  expect(providers[0]?.options.path).toBe(mounted);
  for (const { options } of providers) expect(`${options.path}/`).toContain(`${mounted}/`);
});

test('the password of a client lies in the folder that Grafana is given, under the name of its login', async () => {
  const { services } = await readComposeFile();
  const mount = services['grafana']?.volumes?.find((volume) => volume.startsWith('./infra/docker/secrets/'));
  const [, folder] = mount?.split(':') ?? [];
  expect(mount).toBe(`./infra/docker/secrets/grafana-clients:${folder}:ro`);
  const clients = await Promise.all(
    ['clients.json', 'clients.example.json'].map(
      async (name) =>
        JSON.parse(await readFile(repositoryFile(`infra/grafana/${name}`), 'utf8')) as {
          login: string;
          passwordFile: string;
        }[],
    ),
  );
  expect(clients.flat().length).toBeGreaterThan(0);
  for (const { login, passwordFile } of clients.flat()) expect(passwordFile).toBe(`${folder}/${login}`);
});

test('what the files of provisioning leave to the environment is in the container', async () => {
  const { services } = await readComposeFile();
  const { environment = {}, secrets = [] } = services['grafana'] ?? {};
  const folder = 'infra/grafana/provisioning/alerting/';
  const points = await readFile(repositoryFile(`${folder}contact-points.json`), 'utf8');
  const variables = [...points.matchAll(/"\$(\w+)"/g)].map(([, name = '']) => name);
  const files = [...points.matchAll(/\$__file\{\/run\/secrets\/(\w+)\}/g)].map(([, name = '']) => name);
  expect(variables.length + files.length).toBeGreaterThan(0);
  // A contact point without an address keeps Grafana from starting.
  for (const name of variables) expect(environment[name]).toMatch(/./);
  for (const name of files) expect(secrets).toContain(name);
});

test('Grafana lets nobody in without a password, nor anything out', async () => {
  const { services } = await readComposeFile();
  expect(services['grafana']?.environment).toMatchObject({
    GF_AUTH_ANONYMOUS_ENABLED: 'false',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_USERS_VIEWERS_CAN_EDIT: 'false',
    GF_SECURITY_COOKIE_SECURE: true,
    GF_SECURITY_CONTENT_SECURITY_POLICY: 'true',
    GF_SECURITY_STRICT_TRANSPORT_SECURITY: 'true',
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
    GF_PUBLIC_DASHBOARDS_ENABLED: 'false',
    GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
    GF_PANELS_DISABLE_SANITIZE_HTML: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_DASHBOARDS_MIN_REFRESH_INTERVAL: '30s',
  });
});
