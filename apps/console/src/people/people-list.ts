import type { PersonOfPortal } from '../api/schema.js';

/** What access somebody has: `dismissed` has none and can be given none. */
export type PersonState = 'access' | 'suspended' | 'invited' | 'none' | 'dismissed';

/** What access a person of a portal has. */
export function stateOf({ account, invitation, isActive }: PersonOfPortal): PersonState {
  if (account !== null) return account.isSuspended ? 'suspended' : 'access';
  if (invitation !== null) return 'invited';
  return isActive ? 'none' : 'dismissed';
}

export const peopleFilters = ['all', 'withAccess', 'invited', 'without', 'suspended'] as const;
export type PeopleFilter = (typeof peopleFilters)[number];

const shownBy: Record<PeopleFilter, (state: PersonState) => boolean> = {
  all: () => true,
  withAccess: (state) => state === 'access',
  invited: (state) => state === 'invited',
  without: (state) => state === 'none' || state === 'dismissed',
  suspended: (state) => state === 'suspended',
};

/** Text as it is compared: `ё` is written as `е` as often as not. */
export function foldText(text: string): string {
  return text.trim().toLocaleLowerCase('ru').replaceAll('ё', 'е');
}

/** People that a filter shows and whose name, e-mail or number holds every word that is looked for. */
export function findPeople(
  people: readonly PersonOfPortal[],
  filter: PeopleFilter,
  wanted: string,
): readonly PersonOfPortal[] {
  const words = foldText(wanted)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return people.filter((person) => {
    if (!shownBy[filter](stateOf(person))) return false;
    const text = foldText(
      [person.name, person.account?.name, person.account?.email, person.userId]
        .filter((part) => part != null)
        .join(' '),
    );
    return words.every((word) => text.includes(word));
  });
}

/** A key that stays with a person while their access changes. */
export function personKey({ userId, account, invitation }: PersonOfPortal): string {
  return userId ?? account?.accountId ?? invitation?.invitationId ?? '';
}
