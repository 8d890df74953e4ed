/** Scopes that a webhook of the simulated portal gets unless told otherwise. */
export const portalScopes = [
  'crm',
  'user',
  'user_basic',
  'user_brief',
  'department',
  'task',
  'tasks',
  'telephony',
  'im',
  'call',
  'placement',
];

/** An incoming webhook: it acts with the rights of its owner, within its scopes. */
export interface Webhook {
  userId: number;
  code: string;
  scopes: string[];
  /** `own`: only records for which the owner is responsible. */
  sees: 'all' | 'own';
  isRevoked: boolean;
}
