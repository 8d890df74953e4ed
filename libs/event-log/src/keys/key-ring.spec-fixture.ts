import { beforeEach, describe, expect, test } from '@jest/globals';
import { portalA, portalB } from '../conformance/events.spec-fixture.js';
import { KeyRing } from './key-ring.js';
import type { KeyStore } from './key-store.js';

/** What the key ring does over any store. `open` returns an empty one. */
export function keyRingConformance(open: () => Promise<KeyStore>): void {
  const masterKey = Buffer.alloc(32, 7);
  let now = new Date('2026-03-02T09:00:00Z');
  const clock = { now: () => now };
  let store: KeyStore;
  let ring: KeyRing;
  const ringOf = (options: { masterKey?: Buffer; cacheSize?: number } = {}): KeyRing =>
    new KeyRing({ masterKey, store, clock, ...options });

  beforeEach(async () => {
    store = await open();
    ring = ringOf();
  });

  const sealed = async (subject: string, name: string): Promise<string> => {
    const text = await ring.seal(portalA, subject, { name, phones: ['+7 900 000-00-00'] });
    if (text === null) throw new Error('the subject was erased');
    return text;
  };

  test('what was sealed opens again, here and in another process', async () => {
    const text = await sealed('contact:1', 'Анна');
    expect(text).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(text.slice(3), 'base64url').toString('utf8')).not.toContain('Анна');
    expect(await ring.open(portalA, 'contact:1', text)).toEqual({ name: 'Анна', phones: ['+7 900 000-00-00'] });
    expect(await ringOf().open(portalA, 'contact:1', text)).toMatchObject({ name: 'Анна' });
  });

  test('sealing again gives the same text; other fields or another subject give another', async () => {
    const text = await sealed('contact:1', 'Анна');
    expect(await ringOf().seal(portalA, 'contact:1', { phones: ['+7 900 000-00-00'], name: 'Анна' })).toBe(text);
    expect(await sealed('contact:1', 'Ольга')).not.toBe(text);
    expect(await sealed('contact:2', 'Анна')).not.toBe(text);
  });

  test('many go in one turn, in order, with the same key for the same subject', async () => {
    const items = Array.from({ length: 300 }, (_, index) => ({
      subject: `contact:${index % 100}`,
      fields: { name: `n${index}` },
    }));
    const texts = await ring.sealMany(portalA, items);
    const opened = await ringOf().openMany(
      portalA,
      items.map(({ subject }, index) => ({ subject, text: texts[index] ?? '' })),
    );
    expect(opened).toEqual(items.map((item) => item.fields));
  });

  test('processes that meet a new subject together agree on its key', async () => {
    const rings = Array.from({ length: 4 }, () => ringOf());
    const items = Array.from({ length: 50 }, (_, index) => ({ subject: `lead:${index}`, fields: { name: 'x' } }));
    const texts = await Promise.all(rings.map((one) => one.sealMany(portalA, items)));
    for (const other of texts) expect(other).toEqual(texts[0]);
  });

  describe('a destroyed key', () => {
    test('opens nothing and seals nothing', async () => {
      const text = await sealed('contact:1', 'Анна');
      await ring.destroy(portalA, ['contact:1', 'contact:never-seen']);
      expect(await ring.open(portalA, 'contact:1', text)).toBeNull();
      expect(await ring.seal(portalA, 'contact:1', { name: 'Анна' })).toBeNull();
      expect(await ringOf().seal(portalA, 'contact:never-seen', { name: 'Анна' })).toBeNull();
      expect(await ring.openMany(portalA, [{ subject: 'contact:9', text: 'v1.x' }])).toEqual([null]);
    });

    test('is forgotten by another process once its copy has aged', async () => {
      const text = await sealed('contact:1', 'Анна');
      const other = ringOf();
      expect(await other.open(portalA, 'contact:1', text)).not.toBeNull();
      await ring.destroy(portalA, ['contact:1']);
      now = new Date(now.getTime() + 61_000);
      expect(await other.open(portalA, 'contact:1', text)).toBeNull();
    });
  });

  test('a text that was changed, or stands at another subject or portal, is told apart', async () => {
    const text = await sealed('contact:1', 'Анна');
    await sealed('contact:2', 'Ольга');
    await ring.seal(portalB, 'contact:1', { name: 'x' });
    const changed = `${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`;
    await expect(ring.open(portalA, 'contact:1', changed)).rejects.toMatchObject({ code: 'SEALED_TEXT_DAMAGED' });
    await expect(ring.open(portalA, 'contact:1', 'plain')).rejects.toMatchObject({ code: 'SEALED_TEXT_DAMAGED' });
    await expect(ring.open(portalA, 'contact:2', text)).rejects.toMatchObject({ code: 'SEALED_TEXT_DAMAGED' });
    await expect(ring.open(portalB, 'contact:1', text)).rejects.toMatchObject({ code: 'SEALED_TEXT_DAMAGED' });
  });

  test('another master key is noticed and named', async () => {
    const text = await sealed('contact:1', 'Анна');
    const stranger = ringOf({ masterKey: Buffer.alloc(32, 8) });
    await expect(stranger.open(portalA, 'contact:1', text)).rejects.toMatchObject({
      code: 'KEY_RING_WRONG_MASTER_KEY',
    });
    expect(() => ringOf({ masterKey: Buffer.alloc(16) })).toThrow('32 bytes');
  });

  test('match hashes are the same in every process and differ between portals', async () => {
    const hash = await ring.matchHash(portalA, '+79000000000');
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(await ringOf().matchHash(portalA, '+79000000000')).toBe(hash);
    expect(await ring.matchHash(portalB, '+79000000000')).not.toBe(hash);
    const [first, second] = await Promise.all([ringOf(), ringOf()].map((one) => one.matchHash(portalB, 'x')));
    expect(first).toBe(second);
  });

  test('a small memory only costs look-ups', async () => {
    ring = ringOf({ cacheSize: 2 });
    const texts = [await sealed('a:1', '1'), await sealed('a:2', '2'), await sealed('a:3', '3')];
    for (const [index, text] of texts.entries()) {
      expect(await ring.open(portalA, `a:${index + 1}`, text)).toMatchObject({ name: `${index + 1}` });
    }
  });
}
