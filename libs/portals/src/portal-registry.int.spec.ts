import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { PortalRegistry } from './portal-registry.js';
import { portalsMigrations } from './portals-migrations.js';

describe('registry of portals', () => {
  let database: TestDatabase;
  let pool: Pool;
  let registry: PortalRegistry;
  const webhook = (host: string, code = 'c0de') => `https://${host}/rest/1/${code}/`;

  beforeEach(async () => {
    database = await createTestDatabase({ migrations: portalsMigrations });
    pool = createPool({ url: database.url, applicationName: 'portals-spec', max: 4 });
    registry = new PortalRegistry(pool, randomBytes(32), 4);
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  it('gives every new portal the bucket with the fewest portals, also when many register at once', async () => {
    const hosts = Array.from({ length: 8 }, (_, index) => `p${index}.example.org`);
    const portals = await Promise.all(hosts.map((host) => registry.register({ webhookUrl: webhook(host) })));
    expect(portals.map((portal) => portal.bucket).sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect((await registry.list()).map((portal) => portal.host).sort()).toEqual(hosts);
  });

  it('keeps the webhook encrypted and gives it back on request only', async () => {
    const portal = await registry.register({
      webhookUrl: webhook('a.example.org', 's3cr3t'),
      name: 'A',
      zone: 'Asia/Omsk',
    });
    expect(portal).toMatchObject({ name: 'A', zone: 'Asia/Omsk', connectionState: 'connecting', status: 'active' });
    expect(JSON.stringify(portal)).not.toContain('s3cr3t');
    const { rows } = await pool.query<{ text: string }>(
      `SELECT portal::text || encode(credentials, 'escape') AS text FROM registry.portal`,
    );
    expect(rows[0]?.text).not.toContain('s3cr3t');
    expect(await registry.webhookOf(portal.portalId)).toBe(webhook('a.example.org', 's3cr3t'));
  });

  it('knows a host again: same id and bucket, new webhook', async () => {
    const first = await registry.register({ webhookUrl: webhook('a.example.org', 'old'), zone: 'Asia/Omsk' });
    await registry.setConnection(first.portalId, { state: 'failed', code: 'WEBHOOK_INVALID', message: 'Refused.' });
    const again = await registry.register({ webhookUrl: webhook('a.example.org', 'new') });
    expect(again).toMatchObject({
      portalId: first.portalId,
      bucket: first.bucket,
      zone: 'Asia/Omsk',
      connectionCode: null,
    });
    expect(await registry.webhookOf(first.portalId)).toBe(webhook('a.example.org', 'new'));
  });

  it('moves a portal to another host without losing its id, but not onto a taken one', async () => {
    const portal = await registry.register({ webhookUrl: webhook('a.example.org') });
    await registry.register({ webhookUrl: webhook('b.example.org') });
    const moved = await registry.replaceWebhook(portal.portalId, webhook('c.example.org'));
    expect(moved).toMatchObject({ portalId: portal.portalId, host: 'c.example.org' });
    await expect(registry.replaceWebhook(portal.portalId, webhook('b.example.org'))).rejects.toMatchObject({
      code: 'HOST_TAKEN',
    });
  });

  it('shows the state of the connection and heals', async () => {
    const { portalId } = await registry.register({ webhookUrl: webhook('a.example.org') });
    await registry.setConnection(portalId, { state: 'failed', code: 'PORTAL_GONE', message: 'The portal is gone.' });
    expect(await registry.get(portalId)).toMatchObject({
      connectionState: 'failed',
      connectionCode: 'PORTAL_GONE',
      connectionMessage: 'The portal is gone.',
    });
    await registry.setConnection(portalId, { state: 'connected' });
    expect(await registry.get(portalId)).toMatchObject({ connectionState: 'connected', connectionMessage: null });
  });

  it.each([
    ['a wrong address', { webhookUrl: 'ftp://nowhere' }, 'WEBHOOK_URL_INVALID'],
    ['an unknown zone', { webhookUrl: 'https://a.example.org/rest/1/c/', zone: 'Mars/Base' }, 'ZONE_INVALID'],
  ])('refuses %s', async (_name, registration, code) => {
    await expect(registry.register(registration)).rejects.toMatchObject({ code });
  });

  it('changes nothing with the key of another installation', async () => {
    const { portalId } = await registry.register({ webhookUrl: webhook('a.example.org', 'old') });
    const stranger = new PortalRegistry(pool, randomBytes(32), 4);
    const code = 'KEY_FILE_OTHER';
    const again = stranger.register({ webhookUrl: webhook('a.example.org', 'new') });
    await expect(again).rejects.toMatchObject({ code });
    await expect(stranger.register({ webhookUrl: webhook('b.example.org') })).rejects.toMatchObject({ code });
    await expect(stranger.replaceWebhook(portalId, webhook('a.example.org'))).rejects.toMatchObject({ code });
    expect(await registry.webhookOf(portalId)).toBe(webhook('a.example.org', 'old'));
    expect(await registry.list()).toHaveLength(1);
  });

  it('changes settings for who has seen the latest ones, and for nobody else', async () => {
    const { portalId, settingsVersion } = await registry.register({ webhookUrl: webhook('a.example.org') });
    const workingHours = { days: [1, 2, 3, 6], from: '10:00', to: '19:30' };
    const changed = await registry.changeSettings(portalId, settingsVersion, { name: 'Весна', workingHours });
    expect(changed).toMatchObject({ name: 'Весна', zone: 'Europe/Moscow', workingHours });
    const late = registry.changeSettings(portalId, settingsVersion, { name: 'Лето' });
    await expect(late).rejects.toMatchObject({ code: 'PORTAL_CHANGED' });
    expect(await registry.get(portalId)).toEqual(changed);
    const both = await Promise.allSettled(
      ['one', 'other'].map((name) => registry.changeSettings(portalId, changed.settingsVersion, { name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['no day', { days: [], from: '09:00', to: '18:00' }],
    ['an eighth day', { days: [8], from: '09:00', to: '18:00' }],
    ['a day twice', { days: [1, 1], from: '09:00', to: '18:00' }],
    ['an end before the beginning', { days: [1], from: '18:00', to: '09:00' }],
    ['no time', { days: [1], from: '9', to: '18:00' }],
    ['a time that is none', { days: [1], from: '09:00', to: '24:30' }],
  ])('refuses working hours with %s', async (_name, workingHours) => {
    const { portalId } = await registry.register({ webhookUrl: webhook('a.example.org') });
    const changing = registry.changeSettings(portalId, 1, { workingHours });
    await expect(changing).rejects.toMatchObject({ code: 'WORKING_HOURS_INVALID' });
  });

  it('pauses and resumes', async () => {
    const { portalId } = await registry.register({ webhookUrl: webhook('a.example.org') });
    expect(await registry.setStatus(portalId, 'paused')).toMatchObject({ status: 'paused' });
    expect(await registry.setStatus(portalId, 'active')).toMatchObject({ status: 'active' });
  });

  it('hides removed portals, forgets their webhooks and refuses unknown ones', async () => {
    const { portalId, bucket } = await registry.register({ webhookUrl: webhook('a.example.org') });
    await registry.remove(portalId);
    expect(await registry.get(portalId)).toBeNull();
    expect(await registry.list()).toEqual([]);
    expect(await registry.locate(portalId)).toEqual({ portalId, bucket });
    expect(await registry.locate(randomUUID())).toBeNull();
    const { rows } = await pool.query('SELECT length(credentials) AS bytes FROM registry.portal');
    expect(rows).toEqual([{ bytes: 0 }]);
    const refusals = [
      registry.webhookOf(portalId),
      registry.setStatus(portalId, 'active'),
      registry.changeSettings(portalId, 1, { name: 'x' }),
      registry.remove(portalId),
      registry.setStatus(randomUUID(), 'paused'),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'PORTAL_UNKNOWN' });
    expect(await registry.register({ webhookUrl: webhook('a.example.org', 'new') })).toMatchObject({
      ...{ portalId, bucket, status: 'active' },
    });
  });
});
