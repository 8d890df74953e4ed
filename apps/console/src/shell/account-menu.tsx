import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { useSignOut } from '../session/use-session.js';
import classes from './account-menu.module.css';

/** Who is signed in, with which roles, and the way out. */
export function AccountMenu({ me, portalId }: { me: Me; portalId: string | undefined }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const there = me.portals.find((portal) => portal.portalId === portalId)?.roles ?? [];
  const roles = [...new Set([...me.installation.roles, ...there])];
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={t('account.menu', { name: me.name })}>
            <span aria-hidden>{initialsOf(me.name)}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <span className={classes.name}>{me.name}</span>
            {!me.isDemo && <span className={classes.email}>{me.email}</span>}
            {roles.length > 0 && (
              <span className={classes.roles}>{roles.map((role) => t(`role.${role}`)).join(', ')}</span>
            )}
          </div>
          <Menu.Divider />
          <Menu.Item onClick={() => void navigate({ to: '/account' })}>{t('account.title')}</Menu.Item>
          <Menu.Item disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('session.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {signOut.isError && (
        <div className={classes.failed}>
          <ProblemNote error={signOut.error} />
        </div>
      )}
    </>
  );
}

/** The first letters of the first two words of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).slice(0, 2);
  return words.map((word) => [...word][0]?.toLocaleUpperCase() ?? '').join('') || '?';
}
