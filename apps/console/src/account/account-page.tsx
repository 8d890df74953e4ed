import { useEffect } from 'react';
import { Link } from '@tanstack/react-router';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { useMe } from '../session/use-me.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { TableSkeleton } from '../ui/states.js';
import classes from './account-page.module.css';
import { ChangePassword } from './change-password.js';
import { SessionsPanel } from './sessions-panel.js';

/** One's own account: roles, sessions, password. */
export function AccountPage() {
  const { t } = useSpeech();
  const me = useMe();

  useEffect(() => {
    document.title = `${t('account.title')} · Funnelwatch`;
  }, [t]);

  if (me.data === undefined) return <TableSkeleton />;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('account.title')}</h1>
        <p className={classes.who}>
          {me.data.name}
          {!me.data.isDemo && <span className={classes.email}>{me.data.email}</span>}
        </p>
      </header>
      <RolesPanel me={me.data} />
      <SessionsPanel />
      <Panel title={t('account.password')} note={me.data.isDemo ? undefined : t('account.passwordNote')}>
        {me.data.isDemo ? t('account.demoPassword') : <ChangePassword email={me.data.email} />}
      </Panel>
    </div>
  );
}

function RolesPanel({ me }: { me: Me }) {
  const { t } = useSpeech();
  const named = (roles: Me['installation']['roles']) => roles.map((role) => t(`role.${role}`)).join(', ');
  // A role for everything is said once, not once for each portal.
  const apart = me.portals.filter(({ roles }) => roles.some((role) => !me.installation.roles.includes(role)));
  if (apart.length === 0 && me.installation.roles.length === 0) return null;
  return (
    <Panel title={t('account.roles')} flush>
      <CardTable label={t('account.roles')}>
        <tbody>
          {me.installation.roles.length > 0 && (
            <tr>
              <th scope="row">{t('account.everywhere')}</th>
              <td>{named(me.installation.roles)}</td>
            </tr>
          )}
          {apart.map(({ portalId, name, roles, ownUserIds, permissions }) => (
            <tr key={portalId}>
              <th scope="row">
                {permissions.includes('figures.read') ? (
                  <Link to="/portals/$portalId/funnel" params={{ portalId }}>
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </th>
              <td>
                {named(roles.filter((role) => !me.installation.roles.includes(role)))}
                {ownUserIds !== null && <span className={classes.faint}> · {t('account.own')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </CardTable>
    </Panel>
  );
}
