import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Indicator, Scheme, SchemeFinding } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import planClasses from '../plan/plan-page.module.css';
import { ProblemNote } from '../portals/problem-note.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { schemeFindingText, schemeSentences, schemeState } from './scheme-words.js';
import { useManageSchemes } from './use-schemes.js';

type SheetProps = {
  portalId: string;
  month: string;
  indicators: readonly Indicator[] | undefined;
  mayManage: boolean;
  own: readonly string[] | null;
  scheme: Scheme;
  onChange: () => void;
};

/** A scheme in sentences, with its versions and what can be done next. */
export function SchemeSheet({ portalId, month, indicators, mayManage, own, scheme, onChange }: SheetProps) {
  const words = useSpeech();
  const { t, language } = words;
  const manage = useManageSchemes(portalId);
  const [asked, setAsked] = useState<'issue' | 'withdraw' | null>(null);
  const [from, setFrom] = useState(month);
  const { schemeId, versions, withdrawnFrom, findings } = scheme;
  const latest = versions.at(-1);
  if (!latest) return null;
  const { version } = latest;
  const hasFaults = findings.some(({ severity }) => severity === 'fault');
  const isDraft = latest.fromMonth === null;
  const mine = latest.signatures.find(({ userId }) => own?.includes(userId));
  const awaited = latest.signatures.filter(({ isSigned }) => !isSigned);
  const close = () => setAsked(null);
  return (
    <>
      <Panel
        title={latest.scheme.name}
        note={`${t('plan.version', { version })} · ${schemeState(scheme, words)}`}
        aside={
          <span className={classes.files}>
            {mayManage && withdrawnFrom === null && (
              <>
                {isDraft && !latest.isApproved && (
                  <Button
                    size="xs"
                    disabled={hasFaults}
                    loading={manage.approve.isPending}
                    onClick={() => manage.approve.mutate({ schemeId, version })}
                  >
                    {t('scheme.approve')}
                  </Button>
                )}
                {isDraft && latest.isApproved && (
                  <Button size="xs" onClick={() => setAsked('issue')}>
                    {t('scheme.issue')}
                  </Button>
                )}
                <Button size="xs" variant="default" onClick={onChange}>
                  {t('scheme.change')}
                </Button>
                <Button size="xs" variant="default" onClick={() => setAsked('withdraw')}>
                  {t('scheme.withdraw')}
                </Button>
              </>
            )}
            {mine && !mine.isSigned && !isDraft && withdrawnFrom === null && (
              <Button
                size="xs"
                loading={manage.sign.isPending}
                onClick={() => manage.sign.mutate({ schemeId, version })}
              >
                {t('scheme.sign')}
              </Button>
            )}
          </span>
        }
      >
        {[manage.approve, manage.sign].map(({ error }, place) => error && <ProblemNote key={place} error={error} />)}
        <ul className={classes.says}>
          {schemeSentences(latest.scheme, indicators, words).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {isDraft && !latest.isApproved && mayManage && <p className={classes.soft}>{t('scheme.fourEyes')}</p>}
        {mine?.isSigned === true && <p className={classes.soft}>{t('scheme.signedByYou')}</p>}
      </Panel>
      {mayManage && <SchemeFindings {...{ findings, indicators }} />}
      {mayManage && (
        <Panel
          title={t('scheme.whom')}
          note={t('plan.signed', { signed: latest.signatures.length - awaited.length, all: latest.signatures.length })}
        >
          <ul className={classes.people}>
            {latest.signatures.map(({ userId, name, isSigned }) => (
              <li key={userId} data-signed={isSigned}>
                {name ?? t('seller.nameless', { id: userId })}
                {isSigned && <span className={classes.soft}> ✓</span>}
              </li>
            ))}
          </ul>
          {versions.length > 1 && (
            <ul className={classes.versions}>
              {versions.toReversed().map((each) => (
                <li key={each.version}>
                  <b>{t('plan.version', { version: each.version })}</b>{' '}
                  {each.fromMonth === null
                    ? t(each.isApproved ? 'scheme.approved' : 'scheme.draft')
                    : t('scheme.paysFrom', { month: formatMonth(each.fromMonth, language) })}
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
      {asked !== null && (
        <FormDialog
          title={t(asked === 'issue' ? 'scheme.issueTitle' : 'scheme.withdrawTitle')}
          submit={t(asked === 'issue' ? 'scheme.issue' : 'scheme.withdraw')}
          isPending={manage.issue.isPending || manage.withdraw.isPending}
          error={manage.issue.error ?? manage.withdraw.error}
          onClose={close}
          onSubmit={() => {
            if (asked === 'issue') manage.issue.mutate({ schemeId, version, fromMonth: from }, { onSuccess: close });
            else manage.withdraw.mutate({ schemeId, fromMonth: from }, { onSuccess: close });
          }}
        >
          <p className={classes.soft}>{t(asked === 'issue' ? 'scheme.issueText' : 'scheme.withdrawText')}</p>
          <TextInput
            type="month"
            label={t('scheme.fromMonth')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            data-autofocus
          />
        </FormDialog>
      )}
    </>
  );
}

/** What is wrong with a scheme, and what to think about. */
export function SchemeFindings({
  findings,
  indicators,
}: {
  findings: readonly SchemeFinding[];
  indicators: readonly Indicator[] | undefined;
}) {
  const words = useSpeech();
  if (findings.length === 0) return null;
  return (
    <ul className={planClasses.findings} aria-label={words.t('scheme.findings')}>
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.path}`} data-severity={finding.severity}>
          {schemeFindingText(finding, indicators, words)}
        </li>
      ))}
    </ul>
  );
}
