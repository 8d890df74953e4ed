import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { PersonOfPortal, PortalRole } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import classes from './people-page.module.css';
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

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (role === account.role) return onClose();
    changeRole.mutate({ accountId: account.accountId, role }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.changeRoleTitle', { name: nameOf(person, t) })}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <form className={classes.form} onSubmit={submit}>
        <RoleChoice roles={roles} value={role} onChange={setRole} />
        {changeRole.isError && <ProblemNote error={changeRole.error} />}
        <div className={classes.actions}>
          <Button type="submit" loading={changeRole.isPending}>
            {t('people.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
