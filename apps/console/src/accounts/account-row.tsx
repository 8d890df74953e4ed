import { Menu, UnstyledButton } from '@mantine/core';
import type { Account } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from '../people/people-page.module.css';
import { useAccess } from '../session/use-me.js';
import { DotsIcon } from '../ui/icons.js';
import type { AccountDialogKind } from './account-dialog.js';
import styles from './account-row.module.css';
import { rolesTogether } from './roles-together.js';

const PORTALS_NAMED = 4;

/** One account with its roles everywhere. */
export function AccountRow({ account, onOpen }: { account: Account; onOpen: (kind: AccountDialogKind) => void }) {
  const { t, language } = useSpeech();
  const { me } = useAccess();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { name, email, isDemo, lastSeenAt, createdAt } = account;
  const holdsAll = account.roles.some(({ portalId }) => portalId === null);
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row" data-main>
        {name}
        {isDemo && <span className={classes.small}>{t('people.demo')}</span>}
        {me?.accountId === account.accountId && <span className={classes.small}>{t('accounts.you')}</span>}
        {!isDemo && <span className={classes.under}>{email}</span>}
      </th>
      <td data-label={t('accounts.roles')}>
        <RolesHeld account={account} />
      </td>
      <td data-label={t('people.seen')} data-nowrap>
        <span>
          {lastSeenAt === null ? t('people.never') : formatInstant(lastSeenAt, zone, language)}
          <span className={classes.under}>
            {t('accounts.created', { at: formatInstant(createdAt, zone, language) })}
          </span>
        </span>
      </td>
      <td data-actions>
        <Menu position="bottom-end" shadow="md" width={250}>
          <Menu.Target>
            <UnstyledButton className={classes.menu} aria-label={t('people.actions', { name })}>
              <DotsIcon />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {!isDemo && <Menu.Item onClick={() => onOpen('reset')}>{t('accounts.reset')}</Menu.Item>}
            <Menu.Item onClick={() => onOpen('sessions')}>{t('accounts.endSessions')}</Menu.Item>
            {holdsAll && (
              <Menu.Item color="red" onClick={() => onOpen('role')}>
                {t('accounts.withdrawRole')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}

function RolesHeld({ account }: { account: Account }) {
  const { t } = useSpeech();
  const held = rolesTogether(account.roles);
  if (held.length === 0) return <span className={styles.none}>{t('accounts.noRoles')}</span>;
  return (
    <ul className={styles.roles}>
      {held.map(({ role, isEverywhere, portals }) => {
        const named = portals.slice(0, PORTALS_NAMED).map((portal) => portal ?? t('accounts.portalGone'));
        const rest = portals.length - named.length;
        const places = [isEverywhere ? t('accounts.everywhere') : null, ...named].filter((place) => place !== null);
        return (
          <li key={role}>
            <span className={classes.tag} data-state={isEverywhere ? 'access' : undefined}>
              {t(`role.${role}`)}
            </span>{' '}
            <span className={styles.places}>
              {places.join(', ')}
              {rest > 0 && ` ${t('accounts.moreRoles', { n: rest })}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
