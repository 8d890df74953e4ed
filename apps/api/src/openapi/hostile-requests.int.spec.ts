import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
}
interface Operation {
  path: string;
  method: string;
  parameters: Parameter[];
  hasBody: boolean;
}

let api: RunningApi;
let portal: RegisteredPortal;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  await api.projected(portal);
});
afterAll(() => api.stop());

const document = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { parameters?: Parameter[]; requestBody?: unknown }>>;
};
const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
    path,
    method: method.toUpperCase(),
    parameters,
    hasBody: requestBody !== undefined,
  })),
);

/** Values with which a request is sound, so that a hostile one beside them reaches the database. */
function soundValue(name: string, path: string): string | undefined {
  const isMonths = path.endsWith('/months');
  const values: Record<string, string> = {
    portalId: portal.portalId,
    pipelineId: 'deal:0',
    stageId: 'NEW',
    kind: 'deal',
    recordId: '1',
    pipeline: 'deal:0',
    from: isMonths ? '2026-02' : '2026-03-01',
    to: isMonths ? '2026-05' : '2026-04-01',
    view: 'cohort',
    figure: 'population',
    stage: 'NEW',
    toStage: 'WON',
  };
  return values[name];
}

const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  'x'.repeat(10_000),
  "' OR 1=1 --",
  '"; DROP TABLE log.event; --',
  '%',
  '%00',
  '../../../etc/passwd',
  '..\\..',
  '-1',
  '0',
  '1e308',
  '9'.repeat(400),
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  '9999-12-31',
  '0000-00-00',
  '2026-02-30',
  '2026-13',
  '+275760-09-13T00:00:00.000Z',
  '2026-03-01T00:00:00.000Z',
  'deal:999999999',
  'deal:99999999999999999999',
  'lead:0',
  '999999999999999999',
  '15:999999999999999',
  '999:1',
  'unknown',
  'left',
  '😀',
  '\u202Eabc',
  'ﬁ\u0301',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'W10',
  Buffer.from('["",{"occurredAt":"x","position":1e99}]').toString('base64url'),
];

async function send(operation: Operation, values: Map<string, string | string[]>, body?: string) {
  const query = new URLSearchParams();
  const headers: Record<string, string> = { cookie: api.cookie };
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = values.get(parameter.name) ?? soundValue(parameter.name, operation.path);
    if (value === undefined) continue;
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(String(value)));
    else if (parameter.in === 'query') for (const one of [value].flat()) query.append(parameter.name, one);
    else if (/^[\x20-\x7e]*$/.test(String(value))) headers[parameter.name] = String(value);
  }
  if (operation.hasBody) headers['content-type'] = 'application/json';
  const aborting = new AbortController();
  const response = await fetch(`${api.url}${path}?${query.toString()}`, {
    method: operation.method,
    headers,
    body: operation.hasBody ? (body ?? '{}') : undefined,
    signal: aborting.signal,
  });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  const text = isStream ? '' : await response.text();
  aborting.abort();
  return { status: response.status, type: response.headers.get('content-type') ?? '', text };
}

function expectSound(answer: Awaited<ReturnType<typeof send>>, what: unknown) {
  if (answer.status >= 500) throw new Error(`${answer.status} for ${JSON.stringify(what)}: ${answer.text}`);
  if (answer.status >= 400) {
    expect(answer.type).toContain('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status: answer.status, code: expect.any(String) });
    expect(answer.text.length).toBeLessThan(5000);
  }
}

test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s: no parameter is hostile enough for a 5xx',
  async (_title, operation) => {
    for (const { name } of operation.parameters) {
      for (const value of hostileTexts) expectSound(await send(operation, new Map([[name, value]])), [name, value]);
      expectSound(await send(operation, new Map([[name, ['1', '2']]])), [name, 'twice']);
    }
  },
);

test('random combinations of values are answered or refused', async () => {
  const value = fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed()),
    fc.constantFrom(
      'now',
      'flow',
      'cohort',
      'transitions',
      'gone',
      'open',
      'won',
      'exits',
      'deleted',
      'MEETING',
      '4',
      'strict',
    ),
    fc.integer().map(String),
  );
  const names = [...new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)))].filter(
    (name) => name !== 'portalId',
  );
  await fc.assert(
    fc.asyncProperty(
      // Not the one that would take the portal away from all that follow.
      fc.constantFrom(
        ...operations.filter(
          ({ path, method, hasBody }) => !hasBody && method !== 'DELETE' && !path.endsWith('/changes'),
        ),
      ),
      fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5, noNullPrototype: true }),
      async (operation, values) => {
        expectSound(await send(operation, new Map(Object.entries(values))), [operation.path, values]);
      },
    ),
    { numRuns: 250 },
  );
});

test('random bodies are answered or refused', async () => {
  const plain = fc.oneof(fc.constantFrom<unknown>(...hostileTexts), fc.jsonValue({ maxDepth: 2 }));
  const body = fc.oneof(
    fc.record(
      {
        // Nothing listens there: the probe ends at once.
        webhookUrl: fc.oneof(plain, fc.constant('http://127.0.0.1:9/rest/1/abcdefgh/')),
        name: plain,
        zone: plain,
        meaning: plain,
        validFrom: plain,
        version: plain,
        language: plain,
        workingHours: fc.oneof(plain, fc.record({ days: plain, from: plain, to: plain })),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations.filter(({ hasBody }) => hasBody)),
      body,
      async (operation, value) => {
        expectSound(await send(operation, new Map(), JSON.stringify(value)), [operation.path, value]);
      },
    ),
    { numRuns: 120 },
  );
});
