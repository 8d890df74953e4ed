import { roles } from '@funnelwatch/identity-contracts';
import { longestPassword, shortestPassword } from '@funnelwatch/identity';
import { z } from 'zod';
import { instant, plainText, portalId } from '../http/plain-values.js';

export const role = z.enum(roles).meta({ id: 'Role' });

export const email = z
  .email()
  .max(200)
  .meta({ description: 'Name to sign in with; no mail is sent', example: 'anna@example.com' });

export const newPassword = z
  .string()
  .min(shortestPassword)
  .max(longestPassword)
  .meta({ description: `At least ${shortestPassword} characters, of any kind`, format: 'password' });

export const personName = plainText(100).meta({ example: 'Анна Петрова' });

const permission = z.string().meta({ description: 'A permission of docs/roles.md', example: 'figures.read' });

export const meSchema = z
  .object({
    accountId: z.uuid(),
    name: z.string(),
    email: z.string(),
    isDemo: z.boolean().meta({ description: 'An account for looking around in the simulated portal' }),
    installation: z
      .object({ roles: z.array(role), permissions: z.array(permission) })
      .meta({ id: 'InstallationAccess', description: 'What may be done in the whole installation' }),
    portals: z
      .array(
        z
          .object({
            portalId,
            name: z.string(),
            host: z.string(),
            roles: z.array(role),
            permissions: z.array(permission),
            ownUserIds: z
              .array(z.string())
              .nullable()
              .meta({ description: 'Users of the portal whose figures alone are shown; null for everybody’s' }),
          })
          .meta({ id: 'PortalAccess' }),
      )
      .meta({ description: 'Portals one has a role in; none while nobody has given any' }),
  })
  .meta({ id: 'Me', description: 'Who is signed in, and what they may do' });
export type Me = z.infer<typeof meSchema>;

export const signInBody = z
  .strictObject({
    email: z.string().min(1).max(200),
    password: z.string().min(1).max(200).meta({ format: 'password' }),
  })
  .meta({ id: 'SignIn' });
export type SignInBody = z.infer<typeof signInBody>;

export const demoBody = z.strictObject({ role }).meta({ id: 'DemoSignIn' });
export type DemoBody = z.infer<typeof demoBody>;

export const signInOptionsSchema = z
  .object({
    needsFirstAccount: z.boolean().meta({ description: 'Nobody manages the installation yet: use the first link' }),
    demoRoles: z.array(role).meta({ description: 'Ready accounts for looking around; none outside demo mode' }),
  })
  .meta({ id: 'SignInOptions' });
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

export const passwordBody = z
  .strictObject({
    current: z.string().min(1).max(200).meta({ format: 'password' }),
    next: newPassword,
  })
  .meta({ id: 'ChangePassword' });
export type PasswordBody = z.infer<typeof passwordBody>;

export const sessionListSchema = z
  .object({
    items: z.array(
      z
        .object({
          sessionId: z.uuid(),
          isThis: z.boolean(),
          createdAt: instant,
          expiresAt: instant,
          address: z.string().nullable(),
          userAgent: z.string().nullable(),
        })
        .meta({ id: 'Session' }),
    ),
  })
  .meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof sessionListSchema>;

export const sessionParams = z.object({ sessionId: z.uuid() });
