import { randomBytes } from 'node:crypto';
import { canonicalJson, type Clock, type JsonObject, Rejection, systemClock } from '@funnelwatch/kernel';
import type { PortalAddress } from '../port.js';
import { decrypt, encrypt, mac, nonceOf, type SubjectKeys, subjectKeysOf } from './cipher.js';
import { contextOf, MATCH_KEY } from './key-context.js';
import type { KeyStore, WrappedKey } from './key-store.js';

export interface KeyRingOptions {
  /** 32 bytes that encrypt all other keys; kept outside the database. */
  masterKey: Buffer;
  store: KeyStore;
  /** Most subject keys held in memory; 4000 unless told. */
  cacheSize?: number;
  /** A key held in memory is looked up again after that long, so that a destroyed one is forgotten; 60 s unless told, 0 for always. */
  cacheMaxAgeMs?: number;
  clock?: Clock;
}

export interface ToSeal {
  subject: string;
  fields: JsonObject;
}

export interface ToOpen {
  subject: string;
  text: string;
}

interface CachedKey {
  /** Null: destroyed, for ever. */
  keys: SubjectKeys | null;
  loadedAtMs: number;
}

const KEY_BYTES = 32;
const PREFIX = 'v1.';
const DEFAULT_CACHE_SIZE = 4_000;
const DEFAULT_CACHE_MAX_AGE_MS = 60_000;

/**
 * Seals personal data under one key per data subject (AES-256-GCM); the keys are stored encrypted with the master key.
 * Sealing is deterministic: the same fields of the same subject give the same text. Destroying a key makes every text
 * of its subject unreadable, at once here and within `cacheMaxAgeMs` in other processes.
 * Throws KEY_RING_WRONG_MASTER_KEY when stored keys do not open with the master key, SEALED_TEXT_DAMAGED when a text
 * does not open with its key.
 */
export class KeyRing {
  private readonly cache = new Map<string, CachedKey>();
  private readonly matchKeys = new Map<string, Promise<Buffer>>();
  private readonly masterKey: Buffer;
  private readonly store: KeyStore;
  private readonly cacheSize: number;
  private readonly cacheMaxAgeMs: number;
  private readonly clock: Clock;

  constructor(options: KeyRingOptions) {
    if (options.masterKey.length !== KEY_BYTES) {
      throw new Rejection('MASTER_KEY_INVALID', `The master key must have ${KEY_BYTES} bytes; check the key file.`);
    }
    this.masterKey = options.masterKey;
    this.store = options.store;
    this.cacheSize = options.cacheSize ?? DEFAULT_CACHE_SIZE;
    this.cacheMaxAgeMs = options.cacheMaxAgeMs ?? DEFAULT_CACHE_MAX_AGE_MS;
    this.clock = options.clock ?? systemClock;
  }

  /** Encrypts the fields; makes the subject's key when it has none. Null when the key was destroyed: drop the fields. */
  async seal(portal: PortalAddress, subject: string, fields: JsonObject): Promise<string | null> {
    const [text] = await this.sealMany(portal, [{ subject, fields }]);
    return text ?? null;
  }

  /** As `seal`, in the order given; missing keys are read and made with one statement each. */
  async sealMany(portal: PortalAddress, items: readonly ToSeal[]): Promise<(string | null)[]> {
    const keys = await this.keysOf(portal, items, 'make missing ones');
    return items.map(({ subject, fields }) => {
      const subjectKeys = keys.get(subject);
      if (!subjectKeys) return null;
      const plain = canonicalJson(fields);
      const sealed = encrypt(subjectKeys.encryption, nonceOf(subjectKeys, plain), contextOf(portal, subject), plain);
      return PREFIX + sealed.toString('base64url');
    });
  }

  /** Decrypts a text. Null when the subject's key was destroyed or never existed. */
  async open(portal: PortalAddress, subject: string, text: string): Promise<JsonObject | null> {
    const [fields] = await this.openMany(portal, [{ subject, text }]);
    return fields ?? null;
  }

  /** As `open`, in the order given; missing keys are read with one statement. */
  async openMany(portal: PortalAddress, items: readonly ToOpen[]): Promise<(JsonObject | null)[]> {
    const keys = await this.keysOf(portal, items, 'leave missing ones out');
    return items.map(({ subject, text }) => {
      const subjectKeys = keys.get(subject);
      if (!subjectKeys) return null;
      const sealed = text.startsWith(PREFIX) ? Buffer.from(text.slice(PREFIX.length), 'base64url') : Buffer.alloc(0);
      const plain = decrypt(subjectKeys.encryption, contextOf(portal, subject), sealed);
      if (!plain) {
        throw new Rejection(
          'SEALED_TEXT_DAMAGED',
          `A sealed text of ${subject} does not open with its key: it was changed or belongs to another portal.`,
          { details: { portalId: portal.portalId, subject } },
        );
      }
      return JSON.parse(plain.toString('utf8')) as JsonObject;
    });
  }

  /** Makes all texts of the subjects unreadable for ever, those sealed later included. */
  async destroy(portal: PortalAddress, subjects: readonly string[]): Promise<void> {
    await this.store.destroy(portal, subjects);
    for (const subject of subjects) this.remember(portal, subject, null);
  }

  /** Keyed hash of a value, the same in every process: for ids and for finding duplicates without the text. */
  async matchHash(portal: PortalAddress, value: string): Promise<string> {
    return (await this.matcher(portal))(value);
  }

  /** The function behind `matchHash`, for many values of one portal. */
  async matcher(portal: PortalAddress): Promise<(value: string) => string> {
    let loading = this.matchKeys.get(portal.portalId);
    if (!loading) {
      loading = this.loadMatchKey(portal);
      this.matchKeys.set(portal.portalId, loading);
      loading.catch(() => this.matchKeys.delete(portal.portalId));
    }
    const key = await loading;
    return (value) => mac(key, value).toString('base64url');
  }

  private async loadMatchKey(portal: PortalAddress): Promise<Buffer> {
    const context = contextOf(portal, MATCH_KEY);
    const stored =
      (await this.store.loadMatchKey(portal)) ??
      (await this.store.addMatchKey(portal, this.wrap(context, randomBytes(KEY_BYTES))));
    return this.unwrap(context, stored);
  }

  private async keysOf(
    portal: PortalAddress,
    items: readonly { subject: string }[],
    missing: 'make missing ones' | 'leave missing ones out',
  ): Promise<Map<string, SubjectKeys | null>> {
    const keys = new Map<string, SubjectKeys | null>();
    const unknown = new Set<string>();
    for (const { subject } of items) {
      if (keys.has(subject) || unknown.has(subject)) continue;
      const cached = this.recall(portal, subject);
      if (cached === undefined) unknown.add(subject);
      else keys.set(subject, cached);
    }
    if (unknown.size === 0) return keys;
    const accept = (stored: Map<string, WrappedKey>): void => {
      for (const [subject, wrapped] of stored) {
        const key = wrapped && subjectKeysOf(this.unwrap(contextOf(portal, subject), wrapped));
        this.remember(portal, subject, key);
        keys.set(subject, key);
        unknown.delete(subject);
      }
    };
    accept(await this.store.load(portal, [...unknown]));
    if (unknown.size > 0 && missing === 'make missing ones') {
      const made = [...unknown].map((subject): [string, Buffer] => [
        subject,
        this.wrap(contextOf(portal, subject), randomBytes(KEY_BYTES)),
      ]);
      accept(await this.store.add(portal, new Map(made)));
    }
    return keys;
  }

  private wrap(context: string, key: Buffer): Buffer {
    return encrypt(this.masterKey, randomBytes(12), context, key);
  }

  private unwrap(context: string, wrapped: Buffer): Buffer {
    const key = decrypt(this.masterKey, context, wrapped);
    if (key) return key;
    throw new Rejection(
      'KEY_RING_WRONG_MASTER_KEY',
      'The keys in this database were made with another master key: start with the key file that belongs to it.',
    );
  }

  private recall(portal: PortalAddress, subject: string): SubjectKeys | null | undefined {
    const id = `${portal.portalId}/${subject}`;
    const cached = this.cache.get(id);
    if (!cached) return undefined;
    this.cache.delete(id);
    if (cached.keys && this.clock.now().getTime() - cached.loadedAtMs >= this.cacheMaxAgeMs) return undefined;
    this.cache.set(id, cached);
    return cached.keys;
  }

  private remember(portal: PortalAddress, subject: string, keys: SubjectKeys | null): void {
    const id = `${portal.portalId}/${subject}`;
    this.cache.delete(id);
    this.cache.set(id, { keys, loadedAtMs: this.clock.now().getTime() });
    if (this.cache.size <= this.cacheSize) return;
    const [oldest] = this.cache.keys();
    if (oldest !== undefined) this.cache.delete(oldest);
  }
}
