import type { PersonOfPortal } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { nameOf } from './person-name.js';
import { useManagePeople } from './use-people.js';

type WithdrawDialogProps = { portalId: string; person: PersonOfPortal; onClose: () => void };

/** Takes somebody's access, or the invitation to it, away. */
export function WithdrawDialog({ portalId, person, onClose }: WithdrawDialogProps) {
  const { t } = useSpeech();
  const { withdraw, withdrawInvitation } = useManagePeople(portalId);
  const { account, invitation } = person;
  const name = nameOf(person, t);
  if (account !== null) {
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={t('people.withdrawTitle', { name })}
        confirm={t('people.withdraw')}
        onConfirm={() => withdraw.mutate(account.accountId, { onSuccess: onClose })}
        isPending={withdraw.isPending}
        error={withdraw.error}
      >
        {t('people.withdrawText')}
      </ConfirmDialog>
    );
  }
  if (invitation === null) return null;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('people.withdrawInvitationTitle', { name })}
      confirm={t('people.withdrawInvitation')}
      onConfirm={() => withdrawInvitation.mutate(invitation.invitationId, { onSuccess: onClose })}
      isPending={withdrawInvitation.isPending}
      error={withdrawInvitation.error}
    >
      {t('people.withdrawInvitationText')}
    </ConfirmDialog>
  );
}
