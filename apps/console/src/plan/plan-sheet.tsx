import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Indicator, Plan, PlanFinding } from '../api/schema.js';
import { formatKopecks } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { Panel } from '../ui/panel.js';
import { PlanChain } from './plan-chain.js';
import { isTried, kopecksOf, nothingTried, triedContent, type WhatIf } from './plan-draft.js';
import { ChancesPanel, NormsPanel } from './plan-norms.js';
import { findingText } from './plan-words.js';
import { OutlookPanels } from './plan-outlook.js';
import classes from './plan-page.module.css';
import { usePlanPreview } from './use-plans.js';

/** So long a slider rests before figures are counted anew. */
const RESTS_MS = 120;

type SheetProps = {
  portalId: string;
  plan: Plan;
  indicators: readonly Indicator[] | undefined;
  mayManage: boolean;
  /** Of the portal. */
  currency: string;
};

/** One plan: its chain with what could be tried, norms, chances, and what does not fit. */
export function PlanSheet({ portalId, plan, indicators, mayManage, currency }: SheetProps) {
  const { t, language } = useSpeech();
  const [whatIf, setWhatIf] = useState<WhatIf>(nothingTried);
  const [rested] = useDebouncedValue(whatIf, RESTS_MS);
  const content = plan.versions.at(-1)?.content;
  const tried = usePlanPreview(portalId, content && isTried(rested) ? triedContent(content, rested) : null);
  if (content === undefined) return null;
  const planned = plan.preview.figures;
  const isTrial = isTried(whatIf);
  const shown = (isTrial ? tried.data?.figures : null) ?? planned;
  const nameOf = (userId: string) => {
    const known = plan.versions.at(-1)?.signatures.find((each) => each.userId === userId)?.name;
    return known ?? t('seller.nameless', { id: userId });
  };
  return (
    <>
      <Findings findings={plan.preview.findings} indicators={indicators} />
      {planned !== null && shown !== null && (
        <>
          <Panel
            title={t('plan.chain')}
            note={t('plan.chainNote')}
            aside={
              isTrial && (
                <Button size="xs" variant="default" onClick={() => setWhatIf(nothingTried)}>
                  {t('plan.reset')}
                </Button>
              )
            }
          >
            <PlanChain {...{ figures: shown, planned, content, indicators, whatIf }} onTry={setWhatIf} />
            <TextInput
              size="xs"
              mt="md"
              maw={320}
              label={t('plan.tryAverage')}
              key={isTrial ? 'trial' : 'plan'}
              defaultValue={formatKopecks(BigInt(whatIf.averageSaleKopecks ?? content.averageSaleKopecks), language)}
              onBlur={(event) => {
                const typed = kopecksOf(event.currentTarget.value);
                const isOther = typed !== null && typed !== '0' && typed !== content.averageSaleKopecks;
                setWhatIf({ ...whatIf, averageSaleKopecks: isOther ? typed : null });
              }}
            />
            {isTrial && <p className={classes.soft}>{t('plan.trialNote')}</p>}
          </Panel>
          <NormsPanel figures={shown} indicators={indicators} nameOf={nameOf} />
          {!isTrial && <ChancesPanel figures={planned} indicators={indicators} />}
          {!isTrial && mayManage && <OutlookPanels {...{ portalId, currency, indicators }} planId={plan.planId} />}
        </>
      )}
    </>
  );
}

/** What does not fit in a plan. */
export function Findings({
  findings,
  indicators,
}: {
  findings: readonly PlanFinding[];
  indicators: readonly Indicator[] | undefined;
}) {
  const { t, language } = useSpeech();
  if (findings.length === 0) return null;
  return (
    <ul className={classes.findings} aria-label={t('plan.findings')}>
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.indicatorId}`} data-severity={finding.severity}>
          {findingText(finding, indicators, { t, language })}
        </li>
      ))}
    </ul>
  );
}
