import type { Account } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { CreatedLink } from '../link/created-link.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { FormDialog } from '../ui/form-dialog.js';
import { useManageAccounts } from './use-accounts.js';

export type AccountDialogKind = 'reset' | 'sessions' | 'role';

type AccountDialogProps = { account: Account; kind: AccountDialogKind; onClose: () => void };

/** Something an integrator does about an account. */
export function AccountDialog({ account, kind, onClose }: AccountDialogProps) {
  const { t } = useSpeech();
  const { endSessions, withdrawRole } = useManageAccounts();
  const { accountId, name } = account;
  if (kind === 'reset') return <ResetDialog account={account} onClose={onClose} />;
  if (kind === 'sessions') {
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={t('accounts.endSessionsTitle', { name })}
        confirm={t('accounts.endSessions')}
        onConfirm={() => endSessions.mutate(accountId, { onSuccess: onClose })}
        isPending={endSessions.isPending}
        error={endSessions.error}
      >
        {t('accounts.endSessionsText')}
      </ConfirmDialog>
    );
  }
  const role = account.roles.find(({ portalId }) => portalId === null)?.role;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('accounts.withdrawRoleTitle', { name })}
      confirm={t('accounts.withdrawRole')}
      onConfirm={() => withdrawRole.mutate(accountId, { onSuccess: onClose })}
      isPending={withdrawRole.isPending}
      error={withdrawRole.error}
    >
      {t('accounts.withdrawRoleText', { role: role === undefined ? '' : t(`role.${role}`) })}
    </ConfirmDialog>
  );
}

function ResetDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useSpeech();
  const { createResetLink: create } = useManageAccounts();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <FormDialog
      title={t('accounts.resetTitle', { name: account.name })}
      submit={t('people.createLink')}
      onSubmit={() => create.mutate(account.accountId)}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      outcome={create.data && <CreatedLink link={create.data} zone={zone} />}
    >
      <p>{t('accounts.resetText')}</p>
    </FormDialog>
  );
}
