import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Sessions } from '@funnelwatch/identity';
import { grantOf } from '@funnelwatch/identity-contracts';
import { HeldRoles } from './held-roles.js';
import type { Access } from './request-access.js';

/** Whether somebody may still see what an answer that goes on for long tells. */
@Injectable()
export class AccessCheck {
  constructor(
    private readonly sessions: Sessions,
    private readonly roles: HeldRoles,
  ) {}

  /** False once the session has ended, or the role was taken away, narrowed or suspended. */
  async stillHolds({ accountId, sessionId, permission, portalId, grant }: Access): Promise<boolean> {
    if (permission === null || !(await this.sessions.lasts(sessionId))) return false;
    const { held } = await this.roles.of(accountId);
    return isDeepStrictEqual(grantOf(held, permission, portalId), grant);
  }
}
