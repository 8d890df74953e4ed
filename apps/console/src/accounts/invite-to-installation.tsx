import { Button, Modal } from '@mantine/core';
import { installationRoles } from '@funnelwatch/identity-contracts';
import type { InstallationRole } from '@funnelwatch/identity-contracts';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { CreatedLink } from '../link/created-link.js';
import classes from '../people/people-page.module.css';
import { RoleChoice } from '../people/role-choice.js';
import { ProblemNote } from '../portals/problem-note.js';
import { useManageAccounts } from './use-accounts.js';

/** Invites another integrator or somebody who looks after the system. */
export function InviteToInstallation({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const { invite } = useManageAccounts();
  const [role, setRole] = useState<InstallationRole>('operations');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    invite.mutate(role);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('accounts.invite')}
      closeButtonProps={{ 'aria-label': t('close') }}
      // A link that is shown once must not go away by a slip of the hand.
      closeOnClickOutside={invite.data === undefined}
      centered
    >
      {invite.data === undefined ? (
        <form className={classes.form} onSubmit={submit}>
          <p>{t('accounts.inviteText')}</p>
          <RoleChoice roles={installationRoles} value={role} onChange={setRole} />
          {invite.isError && <ProblemNote error={invite.error} />}
          <div className={classes.actions}>
            <Button type="submit" loading={invite.isPending}>
              {t('people.createLink')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className={classes.form}>
          <CreatedLink link={invite.data} zone={zone} />
          <div className={classes.actions}>
            <Button variant="default" onClick={onClose}>
              {t('people.done')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
