import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Plan } from '../api/schema.js';
import { formatDay } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './plan-page.module.css';
import { useManagePlans } from './use-plans.js';

type VersionsProps = {
  portalId: string;
  plan: Plan;
  mayManage: boolean;
  /** The user of the portal who reads, where they sign for themselves. */
  signer: string | null;
  hasFaults: boolean;
};

/** What was promised from which day on, who signed it, and what can be done next. */
export function PlanVersions({ portalId, plan, mayManage, signer, hasFaults }: VersionsProps) {
  const { t, language } = useSpeech();
  const manage = useManagePlans(portalId, plan.month);
  const [asked, setAsked] = useState<'issue' | 'withdraw' | null>(null);
  const [from, setFrom] = useState(`${plan.month}-01`);
  const latest = plan.versions.at(-1);
  const close = () => setAsked(null);
  return (
    <Panel
      title={t('plan.versions')}
      aside={
        mayManage &&
        !plan.isWithdrawn && (
          <div className={classes.actions}>
            {latest?.effectiveFrom === null && (
              <Button size="xs" disabled={hasFaults} onClick={() => setAsked('issue')}>
                {t('plan.issue')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={() => setAsked('withdraw')}>
              {t('plan.withdraw')}
            </Button>
          </div>
        )
      }
    >
      {plan.isWithdrawn && <p className={classes.soft}>{t('plan.withdrawn')}</p>}
      <ul className={classes.versions}>
        {plan.versions.toReversed().map(({ version, effectiveFrom, content, signatures }) => {
          const signed = signatures.filter(({ isSigned }) => isSigned);
          const awaited = signatures.filter(({ isSigned }) => !isSigned);
          const mine = signatures.find(({ userId }) => userId === signer);
          return (
            <li key={version}>
              <b>{t('plan.version', { version })}</b>{' '}
              {effectiveFrom === null
                ? t('plan.draft')
                : t('plan.heldFrom', { day: formatDay(effectiveFrom, language) })}
              {' · '}
              {formatMoney(BigInt(content.targetKopecks), 'RUB', language)}
              {effectiveFrom !== null && (
                <span className={classes.soft}>
                  {' · '}
                  {t('plan.signed', { signed: signed.length, all: signatures.length })}
                  {awaited.length > 0 &&
                    ` · ${t('plan.awaited', {
                      names: awaited
                        .slice(0, 5)
                        .map(({ name, userId }) => name ?? t('seller.nameless', { id: userId }))
                        .join(', '),
                    })}`}
                </span>
              )}
              {effectiveFrom !== null && mine && !mine.isSigned && !plan.isWithdrawn && (
                <>
                  {' '}
                  <Button
                    size="compact-xs"
                    loading={manage.sign.isPending}
                    onClick={() => manage.sign.mutate({ planId: plan.planId, version })}
                  >
                    {t('plan.sign')}
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {manage.sign.isError && <ProblemNote error={manage.sign.error} />}
      {asked === 'issue' && latest !== undefined && (
        <FormDialog
          title={t('plan.issueTitle')}
          submit={t('plan.issue')}
          isPending={manage.issue.isPending}
          error={manage.issue.error}
          onClose={close}
          onSubmit={() =>
            manage.issue.mutate(
              { planId: plan.planId, version: latest.version, effectiveFrom: from },
              { onSuccess: close },
            )
          }
        >
          <p className={classes.soft}>{t('plan.issueText')}</p>
          <TextInput
            type="date"
            label={t('plan.from')}
            value={from}
            min={`${plan.month}-01`}
            max={`${plan.month}-31`}
            onChange={(event) => setFrom(event.currentTarget.value)}
            data-autofocus
          />
        </FormDialog>
      )}
      <ConfirmDialog
        isOpen={asked === 'withdraw'}
        onClose={close}
        title={t('plan.withdrawTitle')}
        confirm={t('plan.withdraw')}
        isPending={manage.withdraw.isPending}
        error={manage.withdraw.error}
        onConfirm={() => manage.withdraw.mutate(plan.planId, { onSuccess: close })}
      >
        {t('plan.withdrawText')}
      </ConfirmDialog>
    </Panel>
  );
}
