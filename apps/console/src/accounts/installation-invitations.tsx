import { Button } from '@mantine/core';
import type { InstallationInvitation } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { useManageAccounts } from './use-accounts.js';

/** Unused invitations to roles of the whole installation; nothing when there are none. */
export function InstallationInvitations({ invitations }: { invitations: readonly InstallationInvitation[] }) {
  const { t, language } = useSpeech();
  const { withdrawInvitation: withdraw } = useManageAccounts();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (invitations.length === 0) return null;
  return (
    <Panel title={t('accounts.invitations')} note={t('accounts.invitationsNote')} flush>
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      <CardTable label={t('accounts.invitations')}>
        <tbody>
          {invitations.map(({ invitationId, role, createdAt, expiresAt }) => (
            <tr key={invitationId} data-row tabIndex={-1}>
              <th scope="row" data-main>
                {t(`role.${role}`)}
              </th>
              <td>{t('accounts.invitationMade', { at: formatInstant(createdAt, zone, language) })}</td>
              <td>{t('people.invitedUntil', { at: formatInstant(expiresAt, zone, language) })}</td>
              <td data-actions data-wide>
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={withdraw.isPending && withdraw.variables === invitationId}
                  onClick={() => withdraw.mutate(invitationId)}
                >
                  {t('people.withdrawInvitation')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </CardTable>
    </Panel>
  );
}
