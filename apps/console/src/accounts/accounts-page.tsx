import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Account } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { foldText } from '../people/people-list.js';
import classes from '../people/people-page.module.css';
import { CardTable } from '../ui/card-table.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { AccountDialog } from './account-dialog.js';
import type { AccountDialogKind } from './account-dialog.js';
import { AccountRow } from './account-row.js';
import { InstallationInvitations } from './installation-invitations.js';
import { InviteToInstallation } from './invite-to-installation.js';
import { useAccounts } from './use-accounts.js';

const ROWS_SHOWN = 50;
const ROWS_MORE = 200;

/** Everybody who can sign in, their roles everywhere, and what can be done about both. */
export function AccountsPage() {
  const { t } = useSpeech();
  const accounts = useAccounts();
  const [isInviting, setIsInviting] = useState(false);

  useEffect(() => {
    document.title = `${t('accounts.title')} · Funnelwatch`;
  }, [t]);

  return (
    <div className={classes.page}>
      <header className={classes.head} style={{ marginBottom: 0 }}>
        <div>
          <h1 className={classes.title}>{t('accounts.title')}</h1>
          <p className={classes.summary}>{t('accounts.note')}</p>
        </div>
        <Button size="xs" variant="default" onClick={() => setIsInviting(true)}>
          {t('accounts.invite')}
        </Button>
      </header>
      {accounts.isError && <ErrorState error={accounts.error} retry={() => void accounts.refetch()} />}
      {accounts.isPending && <TableSkeleton rows={8} />}
      {accounts.data !== undefined && (
        <>
          <InstallationInvitations invitations={accounts.data.invitations} />
          <AccountList accounts={accounts.data.items} />
        </>
      )}
      {isInviting && <InviteToInstallation onClose={() => setIsInviting(false)} />}
    </div>
  );
}

function AccountList({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useSpeech();
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(ROWS_SHOWN);
  // Held here: a row may leave the list meanwhile, and a link is shown only once.
  const [open, setOpen] = useState<{ account: Account; kind: AccountDialogKind } | null>(null);
  const word = foldText(wanted);
  const found = accounts.filter(({ name, email, roles }) =>
    foldText([name, email, ...roles.map(({ portalName }) => portalName ?? '')].join(' ')).includes(word),
  );
  const hidden = Math.max(0, found.length - shown);
  return (
    <section className={classes.list} aria-label={t('accounts.title')}>
      <div className={classes.tools} role="search">
        <TextInput
          className={classes.find ?? ''}
          label={t('accounts.find')}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setShown(ROWS_SHOWN);
          }}
          type="search"
          maxLength={100}
          autoComplete="off"
        />
        <span className={classes.found} role="status">
          {found.length === accounts.length
            ? t('accounts.count', { n: accounts.length })
            : `${formatCount(found.length)} / ${formatCount(accounts.length)}`}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState title={t('people.nobody')} />
      ) : (
        <CardTable label={t('accounts.title')}>
          <thead>
            <tr>
              <th scope="col">{t('accounts.person')}</th>
              <th scope="col">{t('accounts.roles')}</th>
              <th scope="col">{t('people.seen')}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((account) => (
              <AccountRow key={account.accountId} account={account} onOpen={(kind) => setOpen({ account, kind })} />
            ))}
          </tbody>
        </CardTable>
      )}
      {hidden > 0 && (
        <div className={classes.more}>
          <Button size="xs" variant="default" onClick={() => setShown(shown + ROWS_MORE)}>
            {t('people.more', { n: Math.min(hidden, ROWS_MORE) })}
          </Button>
        </div>
      )}
      {open !== null && <AccountDialog account={open.account} kind={open.kind} onClose={() => setOpen(null)} />}
    </section>
  );
}
