import { Menu, UnstyledButton } from '@mantine/core';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { useDemoSignIn, useSignInOptions, useSignOut } from '../session/use-session.js';
import { ChevronIcon } from '../ui/icons.js';
import classes from './demo-banner.module.css';

/** Says on every page that somebody only looks around, and lets them do so in another role. */
export function DemoBanner({ me }: { me: Me }) {
  const { t } = useSpeech();
  const options = useSignInOptions();
  // Loaded anew, so that nothing read in the former role stays.
  const signIn = useDemoSignIn(() => window.location.reload());
  const signOut = useSignOut();
  const role = me.portals[0]?.roles[0] ?? me.installation.roles[0];
  const roles = options.data?.demoRoles ?? [];
  return (
    <div className={classes.banner} role="note">
      <span className={classes.text}>{t('demo.banner')}</span>
      {role !== undefined && roles.length > 0 && (
        <Menu position="bottom-end" shadow="md" width={220}>
          <Menu.Target>
            <UnstyledButton className={classes.button} disabled={signIn.isPending}>
              {t('demo.role')}: {t(`role.${role}`)} <ChevronIcon />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.RadioGroup
              value={role}
              onChange={(value) => {
                const chosen = roles.find((each) => each === value && each !== role);
                if (chosen !== undefined) signIn.mutate(chosen);
              }}
            >
              {roles.map((each) => (
                <Menu.RadioItem key={each} value={each} closeMenuOnClick>
                  {t(`role.${each}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
      )}
      <UnstyledButton className={classes.button} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('session.signOut')}
      </UnstyledButton>
    </div>
  );
}
