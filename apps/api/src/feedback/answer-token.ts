import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

/** What a link in a message to an employee stands for. */
const grantSchema = z.strictObject({
  portalId: z.uuid(),
  caseId: z.uuid(),
  userId: z.string().regex(/^\d{1,18}$/),
  /** Seconds since the epoch. */
  until: z.number().int(),
});
export type AnswerGrant = z.infer<typeof grantSchema>;

const validForSeconds = 60 * 86_400;

/**
 * Signs links by which an employee answers a case without signing in: whoever holds one may answer this case as this
 * user, and nothing else. The key is made from the master key and serves nothing besides.
 */
export class AnswerTokens {
  private readonly key: Buffer;

  constructor(masterKey: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', masterKey, '', 'funnelwatch answer links', 32));
  }

  make(grant: Omit<AnswerGrant, 'until'>, now: Date): string {
    const until = Math.floor(now.getTime() / 1000) + validForSeconds;
    const body = Buffer.from(JSON.stringify({ ...grant, until })).toString('base64url');
    return `${body}.${this.sign(body)}`;
  }

  /** Throws `Rejection` LINK_UNKNOWN for what was not signed here, LINK_EXPIRED. */
  open(token: string, now: Date): AnswerGrant {
    const [body = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.sign(body));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unknown();
    const parsed = grantSchema.safeParse(parse(body));
    if (!parsed.success) throw unknown();
    if (parsed.data.until * 1000 < now.getTime()) {
      throw new Rejection('LINK_EXPIRED', 'This link has expired. Ask your curator about the case.');
    }
    return parsed.data;
  }

  private sign(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

const unknown = (): Rejection =>
  new Rejection('LINK_UNKNOWN', 'This link is not valid. Open it from the message again.');
