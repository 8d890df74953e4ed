import { installationRoles } from '@funnelwatch/identity-contracts';
import { z } from 'zod';
import { instant, portalId } from '../http/plain-values.js';
import { role } from '../identity/session.schemas.js';

const installationRole = z.enum(installationRoles).meta({ id: 'InstallationRole' });

export const accountListSchema = z
  .object({
    items: z.array(
      z
        .object({
          accountId: z.uuid(),
          name: z.string(),
          email: z.string(),
          isDemo: z.boolean(),
          createdAt: instant,
          lastSeenAt: instant.nullable(),
          roles: z.array(
            z
              .object({ role, portalId: portalId.nullable(), portalName: z.string().nullable() })
              .meta({ id: 'RoleHeld' }),
          ),
        })
        .meta({ id: 'Account' }),
    ),
    invitations: z.array(
      z
        .object({ invitationId: z.uuid(), role, createdAt: instant, expiresAt: instant })
        .meta({ id: 'InstallationInvitation' }),
    ),
  })
  .meta({ id: 'AccountList' });
export type AccountList = z.infer<typeof accountListSchema>;

export const inviteToInstallationBody = z.strictObject({ role: installationRole }).meta({ id: 'InviteToInstallation' });
export type InviteToInstallationBody = z.infer<typeof inviteToInstallationBody>;

export const accountParams = z.object({ accountId: z.uuid() });
export const installationInvitationParams = z.object({ invitationId: z.uuid() });
