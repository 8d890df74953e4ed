import type { PersonOfPortal } from '../api/schema.js';
import type { Translate } from '../i18n/i18n.js';

/** What a person of the portal is called: by the portal, else by their account. */
export function nameOf({ name, account, userId, invitation }: PersonOfPortal, t: Translate): string {
  if (name !== null) return name;
  if (account !== null) return account.name;
  if (userId !== null) return t('seller.nameless', { id: userId });
  return t(invitation === null ? 'people.nameless' : 'people.outsideInvitation');
}
