import type { PortalAddress } from '../port.js';
import type { KeyStore, WrappedKey } from './key-store.js';

/** Keys in memory, for specs. */
export class InMemoryKeyStore implements KeyStore {
  private readonly keys = new Map<string, WrappedKey>();
  private readonly matchKeys = new Map<string, Buffer>();

  async load(portal: PortalAddress, subjects: readonly string[]): Promise<Map<string, WrappedKey>> {
    const found = new Map<string, WrappedKey>();
    for (const subject of subjects) {
      const key = this.keys.get(`${portal.portalId}/${subject}`);
      if (key !== undefined) found.set(subject, key);
    }
    return found;
  }

  async add(portal: PortalAddress, keys: ReadonlyMap<string, Buffer>): Promise<Map<string, WrappedKey>> {
    for (const [subject, key] of keys) {
      const id = `${portal.portalId}/${subject}`;
      if (!this.keys.has(id)) this.keys.set(id, key);
    }
    return this.load(portal, [...keys.keys()]);
  }

  async destroy(portal: PortalAddress, subjects: readonly string[]): Promise<void> {
    for (const subject of subjects) this.keys.set(`${portal.portalId}/${subject}`, null);
  }

  async loadMatchKey(portal: PortalAddress): Promise<Buffer | undefined> {
    return this.matchKeys.get(portal.portalId);
  }

  async addMatchKey(portal: PortalAddress, key: Buffer): Promise<Buffer> {
    const stored = this.matchKeys.get(portal.portalId) ?? key;
    this.matchKeys.set(portal.portalId, stored);
    return stored;
  }
}
