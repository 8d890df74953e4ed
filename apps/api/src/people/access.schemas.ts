import { portalRoles } from '@funnelwatch/identity-contracts';
import { z } from 'zod';
import { instant, portalId } from '../http/plain-values.js';
import { role } from '../identity/session.schemas.js';

const portalRole = z.enum(portalRoles).meta({ id: 'PortalRole' });

const userId = z
  .string()
  .regex(/^\d{1,18}$/, 'must be the id of a user of the portal')
  .meta({ description: 'Id of the user in the portal', example: '7' });

export const peopleSchema = z
  .object({
    items: z.array(
      z
        .object({
          userId: z.string().nullable().meta({ description: 'Null for people who are no users of the portal' }),
          name: z.string().nullable(),
          isActive: z.boolean().meta({ description: 'False once the portal has dismissed the user' }),
          account: z
            .object({
              accountId: z.uuid(),
              name: z.string(),
              email: z.string(),
              role,
              reportsToHead: z.boolean().meta({
                description: 'Judges cases and stands under a head of sales of the portal: not independent',
              }),
              isSuspended: z.boolean().meta({ description: 'The portal has dismissed the user: no access' }),
              isDemo: z.boolean(),
              grantedAt: instant,
              lastSeenAt: instant.nullable(),
            })
            .meta({ id: 'PersonAccount' })
            .nullable(),
          invitation: z
            .object({ invitationId: z.uuid(), role, expiresAt: instant })
            .meta({ id: 'PendingInvitation' })
            .nullable(),
        })
        .meta({ id: 'PersonOfPortal' }),
    ),
    grantable: z.array(portalRole).meta({ description: 'Roles that whoever asks may give and take' }),
  })
  .meta({ id: 'PeopleOfPortal' });
export type PeopleOfPortal = z.infer<typeof peopleSchema>;

export const invitationBody = z
  .strictObject({
    role: portalRole,
    userId: userId.optional().meta({ description: 'User of the portal; needed for sellers' }),
  })
  .refine(({ role: invited, userId: user }) => invited !== 'seller' || user !== undefined, {
    path: ['userId'],
    message: 'is needed for a seller',
  })
  .meta({ id: 'Invite' });
export type InvitationBody = z.infer<typeof invitationBody>;

export const createdLinkSchema = z
  .object({
    linkId: z.uuid(),
    path: z.string().meta({
      description: 'Address of the link on this host, shown this once; its fragment holds the token',
      example: '/link#…',
    }),
    expiresAt: instant,
  })
  .meta({ id: 'CreatedLink' });
export type CreatedLinkView = z.infer<typeof createdLinkSchema>;

export const invitationParams = z.object({ portalId, invitationId: z.uuid() });
export const personParams = z.object({ portalId, accountId: z.uuid() });
export const roleBody = z.strictObject({ role: portalRole }).meta({ id: 'ChangeRole' });
export type RoleBody = z.infer<typeof roleBody>;

export const substitutionListSchema = z
  .object({
    items: z.array(
      z
        .object({
          substitutionId: z.uuid(),
          absent: z.object({ accountId: z.uuid(), name: z.string() }),
          substitute: z.object({ accountId: z.uuid(), name: z.string() }),
          startsAt: instant,
          endsAt: instant,
        })
        .meta({ id: 'Substitution' }),
    ),
  })
  .meta({ id: 'SubstitutionList' });
export type SubstitutionList = z.infer<typeof substitutionListSchema>;

const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => /^20\d\d-/.test(text), 'must lie between 2000 and 2099');

export const substitutionBody = z
  .strictObject({ absentId: z.uuid(), substituteId: z.uuid(), startsAt: moment, endsAt: moment })
  .meta({ id: 'ArrangeSubstitution' });
export type SubstitutionBody = z.infer<typeof substitutionBody>;

export const createdSubstitutionSchema = z.object({ substitutionId: z.uuid() }).meta({ id: 'CreatedSubstitution' });
export const substitutionParams = z.object({ portalId, substitutionId: z.uuid() });
