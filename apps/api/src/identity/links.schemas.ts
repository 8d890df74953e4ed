import { z } from 'zod';
import { instant } from '../http/plain-values.js';
import { email, newPassword, personName, role } from './session.schemas.js';

/** 32 random bytes; it stands in the fragment of the address, which no browser sends anywhere by itself. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not the token of a link');

export const inspectLinkBody = z.strictObject({ token }).meta({ id: 'InspectLink' });
export type InspectLinkBody = z.infer<typeof inspectLinkBody>;

export const linkSchema = z
  .object({
    kind: z
      .enum(['first', 'invitation', 'reset'])
      .meta({ description: 'The first integrator; an invitation; another password' }),
    role: role.nullable(),
    portalName: z.string().nullable().meta({ description: 'Null for the whole installation' }),
    personName: z.string().nullable().meta({ description: 'What the portal or the account calls the person' }),
    email: z.string().nullable().meta({ description: 'Of the account whose password is set' }),
    expiresAt: instant,
  })
  .meta({ id: 'OneTimeLink' });
export type LinkView = z.infer<typeof linkSchema>;

export const joinBody = z
  .strictObject({
    token,
    // Names of the demo accounts.
    email: email.refine((text) => !text.toLowerCase().endsWith('.invalid'), 'must be an address that can exist'),
    name: personName,
    password: newPassword,
  })
  .meta({ id: 'JoinByLink' });
export type JoinBody = z.infer<typeof joinBody>;

export const joinSignedInBody = z.strictObject({ token }).meta({ id: 'JoinSignedIn' });

export const resetBody = z.strictObject({ token, password: newPassword }).meta({ id: 'ResetByLink' });
export type ResetBody = z.infer<typeof resetBody>;
