import { installationRoles } from '@funnelwatch/identity-contracts';
import type { InstallationRole } from '@funnelwatch/identity-contracts';
import { useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { CreatedLink } from '../link/created-link.js';
import { RoleChoice } from '../people/role-choice.js';
import { FormDialog } from '../ui/form-dialog.js';
import { useManageAccounts } from './use-accounts.js';

/** Invites another integrator or somebody who looks after the system. */
export function InviteToInstallation({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const { invite } = useManageAccounts();
  const [role, setRole] = useState<InstallationRole>('operations');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  return (
    <FormDialog
      title={t('accounts.invite')}
      submit={t('people.createLink')}
      onSubmit={() => invite.mutate(role)}
      onClose={onClose}
      isPending={invite.isPending}
      error={invite.error}
      outcome={invite.data && <CreatedLink link={invite.data} zone={zone} />}
    >
      <p>{t('accounts.inviteText')}</p>
      <RoleChoice roles={installationRoles} value={role} onChange={setRole} />
    </FormDialog>
  );
}
