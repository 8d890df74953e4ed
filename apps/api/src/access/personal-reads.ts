import { Injectable } from '@nestjs/common';
import { Audit } from '@funnelwatch/identity';
import { personalGrantOf } from '@funnelwatch/identity-contracts';
import { notAllowed } from './access.guard.js';
import { currentAccess } from './request-access.js';

/** Whether personal data stands in an answer. */
export type PersonalMode = 'masked' | 'shown';

/** Personal data is masked unless asked for, by somebody who may read it; each such reading is recorded. */
@Injectable()
export class PersonalReads {
  constructor(private readonly audit: Audit) {}

  /**
   * Whether to open personal data of `object`, for example `deal:12`. Throws `Rejection` NOT_ALLOWED when it was asked
   * for by somebody who may not.
   */
  async opens(mode: PersonalMode, object: string, details: Record<string, string> = {}): Promise<boolean> {
    if (mode === 'masked') return false;
    const access = currentAccess();
    if (personalGrantOf(access.held, access.portalId).extent === 'none') throw notAllowed();
    await this.audit.record({
      accountId: access.accountId,
      actor: 'account',
      action: 'personal.read',
      portalId: access.portalId,
      object,
      address: access.address,
      result: 'done',
      details,
    });
    return true;
  }
}
