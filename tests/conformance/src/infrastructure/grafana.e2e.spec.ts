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
  for (const { options } of providers) {
    expect(services['grafana']?.volumes).toContain(`./infra/grafana/dashboards:${options.path}:ro`);
  }
});
