import { useState } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { FormDialog } from '../ui/form-dialog.js';
import { nameOf } from './person-name.js';
import { RoleChoice } from './role-choice.js';
import { useManagePeople } from './use-people.js';

type RoleDialogProps = {
  portalId: string;
  person: PersonOfPortal;
  grantable: readonly PortalRole[];
  onClose: () => void;
};

/** Gives somebody another role in the portal. */
export function RoleDialog({ portalId, person, grantable, onClose }: RoleDialogProps) {
  const { t } = useSpeech();
  const { changeRole } = useManagePeople(portalId);
  const { account } = person;
  const roles = grantable.filter((role) => role !== 'seller' || person.userId !== null);
  const [role, setRole] = useState(roles.find((each) => each === account?.role) ?? roles[0] ?? 'viewer');
  if (account === null) return null;

  const save = () => {
    if (role === account.role) return onClose();
    changeRole.mutate({ accountId: account.accountId, role }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('people.changeRoleTitle', { name: nameOf(person, t) })}
      submit={t('people.save')}
      onSubmit={save}
      onClose={onClose}
      isPending={changeRole.isPending}
      error={changeRole.error}
    >
      <RoleChoice roles={roles} value={role} onChange={setRole} />
    </FormDialog>
  );
}
