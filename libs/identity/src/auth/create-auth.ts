import { hkdfSync, randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type pg from 'pg';
import { z } from 'zod';
import { hashPassword, verifyPassword } from './password-hash.js';

export const sessionDays = 7;
export const shortestPassword = 10;
export const longestPassword = 200;

interface AuthOptions {
  /** Its connections look into the schema `identity` first. */
  pool: pg.Pool;
  /** 32 bytes; the secret that signs cookies is derived from them. */
  masterKey: Buffer;
  /** Whether people come by https: cookies then carry `__Secure-` and are sent nowhere else. */
  isSecure: boolean;
}

const second = 1;
const day = 86_400 * second;

/**
 * Sessions and passwords. Called from code alone: none of the library's own routes is served, as ours have to be
 * throttled, recorded and described like all others.
 */
export function createAuth({ pool, masterKey, isSecure }: AuthOptions) {
  return betterAuth({
    appName: 'Funnelwatch',
    baseURL: isSecure ? 'https://localhost' : 'http://localhost',
    secret: Buffer.from(hkdfSync('sha256', masterKey, '', 'funnelwatch session cookies', 32)).toString('base64'),
    database: pool,
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: { hash: hashPassword, verify: ({ password, hash }) => verifyPassword(password, hash) },
    },
    session: {
      modelName: 'session',
      expiresIn: sessionDays * day,
      updateAge: day / 24,
      cookieCache: { enabled: false },
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'account_id',
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix: 'funnelwatch',
      useSecureCookies: isSecure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [issuedSessions],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** The header in which the address of the person is handed over; set by ourselves, never taken from outside. */
export const addressHeader = 'x-funnelwatch-address';

/** Sessions that begin without a password: a one-time link was used, or a token gives way to a newer one. */
const issuedSessions = {
  id: 'issued-sessions',
  endpoints: {
    issueSession: createAuthEndpoint(
      { method: 'POST', body: z.object({ accountId: z.string() }), requireHeaders: true },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.accountId);
        if (!user) throw new Error('A session was asked for an account that does not exist');
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return { accountId: user.id };
      },
    ),
  },
};
