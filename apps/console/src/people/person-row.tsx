import { Button, Menu, UnstyledButton } from '@mantine/core';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { DotsIcon } from '../ui/icons.js';
import { stateOf } from './people-list.js';
import classes from './people-page.module.css';
import { nameOf } from './person-name.js';

/** What can be done about somebody's access. */
export type PersonDialog = 'invite' | 'role' | 'withdraw';

type PersonRowProps = {
  person: PersonOfPortal;
  /** Roles that whoever looks may give and take; none for those who only look. */
  grantable: readonly PortalRole[];
  zone: string;
  onOpen: (dialog: PersonDialog) => void;
};

/** One person with their access, and what can be done about it. */
export function PersonRow({ person, grantable, zone, onOpen }: PersonRowProps) {
  const { t, language } = useSpeech();
  const { account, invitation } = person;
  const under = [
    person.userId === null ? t('people.outside') : t('people.userId', { id: person.userId }),
    account === null || account.isDemo ? null : account.email,
  ].filter((part) => part !== null);
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row" data-main>
        {nameOf(person, t)}
        {account?.isDemo === true && <span className={classes.small}>{t('people.demo')}</span>}
        <span className={classes.under}>{under.join(' · ')}</span>
      </th>
      <td data-label={t('people.access')}>
        <span>
          <AccessTag person={person} />
          {account === null && invitation !== null && (
            <span className={classes.under}>
              {t('people.invitedUntil', { at: formatInstant(invitation.expiresAt, zone, language) })}
            </span>
          )}
        </span>
      </td>
      <td data-label={t('people.seen')} data-empty={account === null || undefined}>
        {account !== null &&
          (account.lastSeenAt === null ? t('people.never') : formatInstant(account.lastSeenAt, zone, language))}
      </td>
      <td data-actions>
        <PersonActions person={person} grantable={grantable} onOpen={onOpen} />
      </td>
    </tr>
  );
}

function AccessTag({ person }: { person: PersonOfPortal }) {
  const { t } = useSpeech();
  const state = stateOf(person);
  const role = person.account?.role ?? person.invitation?.role;
  const named = role === undefined ? '' : t(`role.${role}`);
  const text = state === 'access' ? named : t(`people.state.${state}`, { role: named });
  return (
    <span className={classes.tag} data-state={state}>
      {text}
    </span>
  );
}

function PersonActions({ person, grantable, onOpen }: Omit<PersonRowProps, 'zone'>) {
  const { t } = useSpeech();
  const state = stateOf(person);
  const role = person.account?.role ?? person.invitation?.role;
  const isTheirs = role === undefined || grantable.some((each) => each === role);
  if (grantable.length === 0 || !isTheirs || state === 'dismissed') return null;
  const name = nameOf(person, t);
  if (state === 'none') {
    return (
      <Button size="compact-xs" variant="default" onClick={() => onOpen('invite')}>
        {t('people.invite')}
        <span className="visually-hidden">: {name}</span>
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.menu} aria-label={t('people.actions', { name })}>
          <DotsIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {state === 'invited' && person.userId !== null && (
          <Menu.Item onClick={() => onOpen('invite')}>{t('people.newLink')}</Menu.Item>
        )}
        {state !== 'invited' && <Menu.Item onClick={() => onOpen('role')}>{t('people.changeRole')}</Menu.Item>}
        <Menu.Item color="red" onClick={() => onOpen('withdraw')}>
          {t(state === 'invited' ? 'people.withdrawInvitation' : 'people.withdraw')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
