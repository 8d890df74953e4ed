import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PersonOfPortal, PortalRole, Substitution } from '../api/schema.js';
import { dayIn, formatDay } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { CardTable } from '../ui/card-table.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './people-page.module.css';
import { SubstitutionDialog } from './substitution-dialog.js';
import { useManagePeople, useSubstitutions } from './use-people.js';

type SubstitutionsPanelProps = {
  portalId: string;
  people: readonly PersonOfPortal[];
  grantable: readonly PortalRole[];
  zone: string;
};

/** Who stands in for whom, now or soon. */
export function SubstitutionsPanel({ portalId, people, grantable, zone }: SubstitutionsPanelProps) {
  const { t } = useSpeech();
  const substitutions = useSubstitutions(portalId);
  const { cancelSubstitution } = useManagePeople(portalId);
  const [isArranging, setIsArranging] = useState(false);
  const [ending, setEnding] = useState<Substitution | null>(null);
  const mayManage = grantable.length > 0;
  const stopAsking = () => {
    cancelSubstitution.reset();
    setEnding(null);
  };
  return (
    <Panel
      title={t('substitution.title')}
      note={t('substitution.note', { zone })}
      flush
      aside={
        mayManage && (
          <Button size="xs" variant="default" onClick={() => setIsArranging(true)}>
            {t('substitution.arrange')}
          </Button>
        )
      }
    >
      {substitutions.data === undefined ? (
        substitutions.isError ? (
          <ErrorState error={substitutions.error} retry={() => void substitutions.refetch()} />
        ) : (
          <TableSkeleton rows={2} />
        )
      ) : substitutions.data.length === 0 ? (
        <p className={classes.none}>{t('substitution.none')}</p>
      ) : (
        <CardTable label={t('substitution.title')}>
          <thead>
            <tr>
              <th scope="col">{t('substitution.absent')}</th>
              <th scope="col">{t('substitution.substitute')}</th>
              <th scope="col">{t('substitution.when')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('substitution.cancel')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {substitutions.data.map((each) => (
              <SubstitutionRow
                key={each.substitutionId}
                substitution={each}
                zone={zone}
                onCancel={mayManage ? () => setEnding(each) : null}
              />
            ))}
          </tbody>
        </CardTable>
      )}
      {isArranging && (
        <SubstitutionDialog
          portalId={portalId}
          people={people}
          grantable={grantable}
          zone={zone}
          onClose={() => setIsArranging(false)}
        />
      )}
      <ConfirmDialog
        isOpen={ending !== null}
        onClose={stopAsking}
        title={t('substitution.cancelTitle')}
        confirm={t('substitution.cancelConfirm')}
        onConfirm={() => {
          if (ending !== null) cancelSubstitution.mutate(ending.substitutionId, { onSuccess: stopAsking });
        }}
        isPending={cancelSubstitution.isPending}
        error={cancelSubstitution.error}
      >
        {ending !== null &&
          t('substitution.cancelText', { substitute: ending.substitute.name, absent: ending.absent.name })}
      </ConfirmDialog>
    </Panel>
  );
}

type SubstitutionRowProps = { substitution: Substitution; zone: string; onCancel: (() => void) | null };

function SubstitutionRow({ substitution, zone, onCancel }: SubstitutionRowProps) {
  const { t, language } = useSpeech();
  const { absent, substitute, startsAt, endsAt } = substitution;
  const first = dayIn(startsAt, zone);
  // It ends with the first moment that no longer belongs to it.
  const lastMoment = new Date(Date.parse(endsAt) - 1);
  const last = dayIn(lastMoment, zone);
  const isNow = Date.parse(startsAt) <= Date.now();
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row" data-main>
        {absent.name}
      </th>
      <td data-label={t('substitution.substitute')}>{substitute.name}</td>
      <td data-label={t('substitution.when')}>
        <span>
          {first === last ? formatDay(first, language) : `${formatDay(first, language)} – ${formatDay(last, language)}`}
          <span className={classes.small} data-now={isNow || undefined}>
            {t(isNow ? 'substitution.now' : 'substitution.later')}
          </span>
        </span>
      </td>
      <td data-actions data-wide>
        {onCancel !== null && (
          <Button size="compact-xs" variant="default" onClick={onCancel}>
            {t('substitution.cancel')}
            <span className="visually-hidden">
              : {absent.name}, {substitute.name}
            </span>
          </Button>
        )}
      </td>
    </tr>
  );
}
