import type { Translate } from '../i18n/i18n.js';
import { kindKey } from '../portals/kind-names.js';

/** A kind of subject in words. */
export function subjectText(kind: string, t: Translate): string {
  const key = kindKey(kind === 'employee' ? 'user' : kind);
  return key === null ? (kind === 'portal' ? t('rules.portal') : kind) : t(key, { n: 1 });
}

const roleNames = {
  owner: 'rules.to.owner',
  doer: 'rules.to.doer',
  head: 'rules.to.head',
  creator: 'rules.to.creator',
  assignee: 'rules.to.assignee',
  admin: 'rules.to.admin',
  editor: 'rules.to.editor',
} as const;

/** Whom feedback goes to, in words. */
export function roleText(role: string, t: Translate): string {
  return role in roleNames ? t(roleNames[role as keyof typeof roleNames]) : role;
}
