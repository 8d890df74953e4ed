import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextFunction, Request, Response } from 'express';
import type { Grant, HeldRole, Permission } from '@funnelwatch/identity-contracts';
import { Rejection } from '@funnelwatch/kernel';
import { beginScope } from '@funnelwatch/postgres';

/** Who asks, and what the request may see. */
export interface Access {
  accountId: string;
  sessionId: string;
  name: string;
  email: string;
  address: string | null;
  held: readonly HeldRole[];
  /** What the route's permission comes to in the portal of the route. */
  permission: Permission | null;
  portalId: string | null;
  grant: Grant;
}

/** What a handler knows of its doing beside the path. Ids and codes only. */
export interface AuditNote {
  portalId?: string | null;
  object?: string;
  details?: Record<string, string | number | boolean | null>;
}

interface RequestStore {
  access: Access | null;
  note: AuditNote;
}

const requests = new AsyncLocalStorage<RequestStore>();

/**
 * Express middleware: whatever runs for this request finds its access here, however deep. What it asks of the database is
 * nobody's until the guard knows whose it is.
 */
export function withRequestStore(_request: Request, _response: Response, next: NextFunction): void {
  beginScope(() => requests.run({ access: null, note: {} }, next));
}

/** Called by the guard, once for each request. */
export function setAccess(access: Access): void {
  const store = requests.getStore();
  if (!store) throw new Error('The request has no store: withRequestStore has to come first');
  store.access = access;
}

/** Throws an error of ours when nobody is signed in: such a route must not reach what needs a person. */
export function currentAccess(): Access {
  const access = requests.getStore()?.access;
  if (!access) throw new Error('A person is needed here and none is signed in');
  return access;
}

/** Also for a colleague whose figures somebody may not see: nobody can tell the two apart. */
export const sellerUnknown = (): Rejection =>
  new Rejection('SELLER_UNKNOWN', 'The portal has no employee with this id.');

/** Adds to the entry of the audit that the route leaves. */
export function noteForAudit(note: AuditNote): void {
  const store = requests.getStore();
  if (store) store.note = { ...store.note, ...note, details: { ...store.note.details, ...note.details } };
}

/** What was added so far. */
export const auditNote = (): AuditNote => requests.getStore()?.note ?? {};

/** Who asks, where a route may also be asked by nobody. */
export const accessIfAny = (): Access | null => requests.getStore()?.access ?? null;

/**
 * Users of the portal whose work alone may be seen; null where all of it may. Asked by every answer that speaks of
 * records or people.
 */
export function ownUsersOnly(): readonly string[] | null {
  const { grant } = currentAccess();
  if (grant.extent === 'none') throw new Error('The guard let somebody through who may see nothing');
  return grant.extent === 'own' ? grant.portalUserIds : null;
}

/**
 * Lets only figures of one's own through where no more is allowed. Throws `Rejection` OWN_FIGURES_ONLY for the whole
 * portal, and for a colleague the same SELLER_UNKNOWN as for somebody who does not exist.
 */
export function refuseForeignSeller(seller: string): void {
  const own = ownUsersOnly();
  if (own === null || own.includes(seller)) return;
  if (seller === 'all') {
    throw new Rejection('OWN_FIGURES_ONLY', 'You see your own figures. Ask for them with your own user as the seller.');
  }
  throw sellerUnknown();
}
