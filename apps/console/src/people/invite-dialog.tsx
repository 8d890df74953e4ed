import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { CreatedLink } from '../link/created-link.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './people-page.module.css';
import { nameOf } from './person-name.js';
import { RoleChoice } from './role-choice.js';
import { useManagePeople } from './use-people.js';

type InviteDialogProps = {
  portalId: string;
  /** Null for somebody who is no user of the portal. */
  person: PersonOfPortal | null;
  grantable: readonly PortalRole[];
  zone: string;
  onClose: () => void;
};

/** Chooses a role for somebody, then shows the link that gives it to them. */
export function InviteDialog({ portalId, person, grantable, zone, onClose }: InviteDialogProps) {
  const { t } = useSpeech();
  const { invite } = useManagePeople(portalId);
  const userId = person?.userId ?? null;
  // A seller has to be a user of the portal: whose figures would be shown otherwise?
  const roles = grantable.filter((role) => role !== 'seller' || userId !== null);
  const earlier = roles.find((role) => role === person?.invitation?.role);
  const usual = roles.find((role) => role === (userId === null ? 'curator' : 'seller'));
  const [role, setRole] = useState<PortalRole>(earlier ?? usual ?? roles[0] ?? 'viewer');

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    invite.mutate({ role, ...(userId !== null && { userId }) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={person === null ? t('people.inviteOutsiderTitle') : t('people.inviteTitle', { name: nameOf(person, t) })}
      closeButtonProps={{ 'aria-label': t('close') }}
      // A link that is shown once must not go away by a slip of the hand.
      closeOnClickOutside={invite.data === undefined}
      centered
    >
      {invite.data === undefined ? (
        <form className={classes.form} onSubmit={submit}>
          {person === null && <p>{t('people.inviteOutsiderText')}</p>}
          <RoleChoice roles={roles} value={role} onChange={setRole} />
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
