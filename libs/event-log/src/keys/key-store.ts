import type { PortalAddress } from '../port.js';

/** A key as it is stored: encrypted with the master key, null once destroyed. */
export type WrappedKey = Buffer | null;

/** Where the key ring keeps its keys. Subjects that have no key yet are left out of the answers. */
export interface KeyStore {
  load(portal: PortalAddress, subjects: readonly string[]): Promise<Map<string, WrappedKey>>;
  /** Keeps the keys of subjects that have none; answers with what is stored then, ours or an earlier one. */
  add(portal: PortalAddress, keys: ReadonlyMap<string, Buffer>): Promise<Map<string, WrappedKey>>;
  destroy(portal: PortalAddress, subjects: readonly string[]): Promise<void>;
  loadMatchKey(portal: PortalAddress): Promise<Buffer | undefined>;
  addMatchKey(portal: PortalAddress, key: Buffer): Promise<Buffer>;
}
