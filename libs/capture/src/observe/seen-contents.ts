import type { EntityKind } from '@funnelwatch/capture-contracts';

/**
 * Contents of the heads written last by this holder of the lease: what a reply shows again needs no look into the
 * database. Overlapping windows show most rows again and again.
 */
export class SeenContents {
  private readonly hashes = new Map<string, string>();

  constructor(private readonly capacity = 20_000) {}

  has(kind: EntityKind, id: string, contentHash: string): boolean {
    return this.hashes.get(`${kind}:${id}`) === contentHash;
  }

  remember(kind: EntityKind, id: string, contentHash: string): void {
    const key = `${kind}:${id}`;
    this.hashes.delete(key);
    this.hashes.set(key, contentHash);
    if (this.hashes.size > this.capacity) {
      const [oldest] = this.hashes.keys();
      if (oldest !== undefined) this.hashes.delete(oldest);
    }
  }

  /** The object went: should it come back as it was, that is news. */
  forget(kind: EntityKind, id: string): void {
    this.hashes.delete(`${kind}:${id}`);
  }
}
