import { useState } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { CreatedLink } from '../link/created-link.js';
import { FormDialog } from '../ui/form-dialog.js';
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

  return (
    <FormDialog
      title={person === null ? t('people.inviteOutsiderTitle') : t('people.inviteTitle', { name: nameOf(person, t) })}
      submit={t('people.createLink')}
      onSubmit={() => invite.mutate({ role, ...(userId !== null && { userId }) })}
      onClose={onClose}
      isPending={invite.isPending}
      error={invite.error}
      outcome={invite.data && <CreatedLink link={invite.data} zone={zone} />}
    >
      {person === null && <p>{t('people.inviteOutsiderText')}</p>}
      <RoleChoice roles={roles} value={role} onChange={setRole} />
    </FormDialog>
  );
}
