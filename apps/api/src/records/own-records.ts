import { Injectable } from '@nestjs/common';
import type { EntityKind } from '@funnelwatch/capture-contracts';
import { type FunnelScope, recordUnknown, type RecordView } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { ownUsersOnly } from '../access/request-access.js';

/**
 * Records that somebody who sees only their own may look at: those they are responsible for, or once were. All others
 * answer as if they did not exist.
 */
@Injectable()
export class OwnRecords {
  constructor(private readonly pool: pg.Pool) {}

  /** Throws `Rejection` FUNNEL_RECORD_UNKNOWN, before anything else can tell that the record is there. */
  async refuseForeign(scope: FunnelScope, kind: EntityKind, id: string): Promise<void> {
    if (await this.isVisible(scope, kind, id)) return;
    throw recordUnknown();
  }

  /** As `refuseForeign`, in the words of its time line. Throws RECORD_UNKNOWN. */
  async refuseForeignStream(scope: FunnelScope, kind: EntityKind, id: string): Promise<void> {
    if (await this.isVisible(scope, kind, id)) return;
    throw new Rejection('RECORD_UNKNOWN', 'Nothing is known of this record.');
  }

  private async isVisible(scope: FunnelScope, kind: EntityKind, id: string): Promise<boolean> {
    const own = ownUsersOnly();
    if (own === null) return true;
    const ownerId = await this.ownerOf(scope, kind, id);
    return this.isOwn(scope, kind, { id, ownerId }, own);
  }

  private async ownerOf(scope: FunnelScope, kind: EntityKind, id: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ ownerId: string | null }>(
      `SELECT owner_id AS "ownerId" FROM read.record
        WHERE bucket = $1 AND portal_id = $2 AND kind = $3 AND object_id = $4`,
      [scope.bucket, scope.portalId, kind, id],
    );
    return rows[0]?.ownerId ?? null;
  }

  private async isOwn(
    scope: FunnelScope,
    kind: EntityKind,
    { id, ownerId }: Pick<RecordView, 'id' | 'ownerId'>,
    own: readonly string[],
  ): Promise<boolean> {
    if (kind === 'user') return own.includes(id);
    if (ownerId !== null && own.includes(ownerId)) return true;
    const { rows } = await this.pool.query<{ exists: boolean }>(
      `SELECT EXISTS (SELECT FROM read.object_version
                       WHERE bucket = $1 AND portal_id = $2 AND kind = $3 AND object_id = $4
                         AND owner_id = ANY ($5)) AS exists`,
      [scope.bucket, scope.portalId, kind, id, own],
    );
    return rows[0]?.exists ?? false;
  }
}
