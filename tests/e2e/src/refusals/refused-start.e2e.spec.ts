import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppProcess } from '../stack/app-process.js';
import { createTestFolder } from '../stack/test-folder.js';
import { cliToEnd, startToEnd } from '../stack/start-command.js';

let folder: string;
beforeEach(async () => {
  folder = await createTestFolder('refused');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Expects one line `CODE: sentence` and returns the sentence. */
async function expectRefusal(args: string[], code: string, environment: Record<string, string> = {}): Promise<string> {
  const ended = await startToEnd(args, environment);
  expect(ended.errors).toMatch(new RegExp(`^${code}: \\S.*\\.`));
  expect(ended.errors.trim().split('\n')).toHaveLength(1);
  expect(ended.exitCode).toBe(1);
  return ended.errors.trim().slice(code.length + 2);
}

describe('npm start refuses and changes nothing', () => {
  test('a port that is taken', async () => {
    const server = createServer();
    const port = await listen(server);
    try {
      await expectRefusal(['--data', join(folder, 'data'), '--port', String(port)], 'PORT_TAKEN');
      expect(await readdir(folder)).toEqual([]);
    } finally {
      server.close();
    }
  });

  test('a data folder of a newer version', async () => {
    await writeFile(join(folder, 'funnelwatch.json'), JSON.stringify({ format: 99, databasePassword: 'x' }));
    await expectRefusal(['--data', folder, '--port', '0'], 'DATA_FOLDER_NEWER');
    expect(await readdir(folder)).toEqual(['funnelwatch.json']);
  });

  test('a damaged data folder', async () => {
    await writeFile(join(folder, 'funnelwatch.json'), '{"format":1,');
    await expectRefusal(['--data', folder, '--port', '0'], 'DATA_FOLDER_DAMAGED');
    await writeFile(join(folder, 'funnelwatch.json'), JSON.stringify({ format: 1, databasePassword: 'x' }));
    await expectRefusal(['--data', folder, '--port', '0'], 'DATA_FOLDER_DAMAGED');
    await writeFile(join(folder, 'master.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    await mkdir(join(folder, 'postgres', 'base'), { recursive: true });
    await expectRefusal(['--data', folder, '--port', '0'], 'DATA_FOLDER_DAMAGED');
    expect((await readdir(folder)).sort()).toEqual(['funnelwatch.json', 'master.key', 'postgres']);
  });

  test("a folder with somebody else's files", async () => {
    await writeFile(join(folder, 'thesis.doc'), 'years of work');
    await expectRefusal(['--data', folder, '--port', '0'], 'DATA_FOLDER_FOREIGN');
    expect(await readdir(folder)).toEqual(['thesis.doc']);
  });

  test('arguments it does not know', async () => {
    await expectRefusal(['--colour', 'red'], 'ARGUMENTS_INVALID');
    await expectRefusal(['--port', 'eighty'], 'ARGUMENTS_INVALID');
  });
});

describe('a wrong webhook is one sentence and an exit code, for npm start and for the CLI', () => {
  async function expectWebhookRefusal(url: string, code: string, privateHosts = '127.0.0.1'): Promise<void> {
    const environment = { PORTAL_PRIVATE_HOSTS: privateHosts };
    const args = ['--data', join(folder, 'data'), '--port', '0', '--portal', url];
    const sentence = await expectRefusal(args, code, environment);
    expect(await readdir(folder)).toEqual([]);
    const check = await cliToEnd(['--lang', 'en', 'portal', 'check', url], environment);
    expect(check.exitCode).toBe(1);
    expect(check.errors.trim()).toBe(sentence);
    expect(`${check.errors}${check.output}`).not.toContain('s3cretcode');
  }

  test('not a webhook at all', () => expectWebhookRefusal('https://example.bitrix24.ru/', 'WEBHOOK_URL_INVALID'));

  test('nobody listens there', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    await expectWebhookRefusal(`http://127.0.0.1:${port}/rest/1/s3cretcode/`, 'UNREACHABLE');
  });

  test('a host of a private network that nobody has allowed', async () => {
    const server = createServer();
    const port = await listen(server);
    let connections = 0;
    server.on('connection', () => (connections += 1));
    try {
      await expectWebhookRefusal(`http://localhost:${port}/rest/1/s3cretcode/`, 'ADDRESS_NOT_ALLOWED');
      await expectWebhookRefusal(`http://127.1:${port}/rest/1/s3cretcode/`, 'ADDRESS_NOT_ALLOWED', '127.0.0.1:1');
      expect(connections).toBe(0);
    } finally {
      server.close();
    }
  });

  test('a web page instead of the REST interface, or a portal that is gone', async () => {
    let status = 200;
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Hello</body></html>');
    });
    const url = `http://127.0.0.1:${await listen(server)}/rest/1/s3cretcode/`;
    try {
      await expectWebhookRefusal(url, 'NOT_JSON');
      status = 404;
      await rm(join(folder, 'data'), { recursive: true, force: true });
      await expectWebhookRefusal(url, 'PORTAL_GONE');
    } finally {
      server.close();
    }
  });

  test('a revoked code and a missing scope of the simulated portal', async () => {
    const simulator = await AppProcess.start({ app: 'portal-sim', arguments: ['--company', 'tiny', '--seed', '3'] });
    try {
      const webhook = String(simulator.ready['webhookUrl']);
      await expectWebhookRefusal(webhook.replace(/[^/]+\/$/, 's3cretcode/'), 'WEBHOOK_INVALID');
    } finally {
      await simulator.stop();
    }
  });
});
