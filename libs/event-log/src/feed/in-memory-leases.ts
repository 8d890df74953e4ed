import type { Clock } from '@funnelwatch/kernel';
import type { FeedAssignment } from '../port.js';
import { fairShare } from './fair-share.js';
import type { LeaseOptions, Leases } from './leases.js';

interface Lease {
  holder: string | null;
  epoch: number;
  expiresAtMs: number;
}

interface Group {
  members: Map<string, number>;
  leases: Lease[];
}

/** Leases in memory, shared by the feeds of one process. */
export class InMemoryLeases implements Leases {
  private readonly groups = new Map<string, Group>();

  constructor(
    private readonly options: LeaseOptions,
    private readonly clock: Clock,
  ) {}

  async hold(name: string, holder: string): Promise<FeedAssignment[]> {
    const group = this.groupOf(name);
    const nowMs = this.clock.now().getTime();
    group.members.set(holder, nowMs + this.options.leaseMs);
    for (const [member, expiresAtMs] of group.members) if (expiresAtMs <= nowMs) group.members.delete(member);
    const share = fairShare(this.options.bucketCount, group.members.size);
    let held = 0;
    for (const lease of group.leases) {
      if (lease.holder !== holder) continue;
      held += 1;
      if (held > share) lease.holder = null;
      else lease.expiresAtMs = nowMs + this.options.leaseMs;
    }
    for (const lease of group.leases) {
      if (held >= share) break;
      if (lease.holder !== null && (lease.holder === holder || lease.expiresAtMs > nowMs)) continue;
      Object.assign(lease, { holder, epoch: lease.epoch + 1, expiresAtMs: nowMs + this.options.leaseMs });
      held += 1;
    }
    return group.leases.flatMap(({ holder: owner, epoch }, bucket) => (owner === holder ? [{ bucket, epoch }] : []));
  }

  async release(name: string, holder: string): Promise<void> {
    const group = this.groupOf(name);
    group.members.delete(holder);
    for (const lease of group.leases) if (lease.holder === holder) lease.holder = null;
  }

  private groupOf(name: string): Group {
    let group = this.groups.get(name);
    if (!group) {
      const leases = Array.from({ length: this.options.bucketCount }, () => ({
        holder: null,
        epoch: 0,
        expiresAtMs: 0,
      }));
      group = { members: new Map(), leases };
      this.groups.set(name, group);
    }
    return group;
  }
}
