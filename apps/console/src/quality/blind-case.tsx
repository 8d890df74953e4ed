import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Judgement } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { CaseCard } from '../queue/case-card.js';
import { useRules, useStageNames } from '../queue/use-cases.js';
import { useNow } from '../queue/use-now.js';
import { useSearchable } from '../queue/use-searchable.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import classes from './blind-case.module.css';
import { judgements } from './judgements.js';

const CLOCK_MS = 30_000;

type BlindCaseProps = {
  portalId: string;
  caseId: string;
  zone: string;
  /** What stands above the card: how far one is. */
  head: ReactNode;
  isSending: boolean;
  error: Error | null;
  /** What is shown instead of the verdicts once one was given. */
  outcome: ReactNode;
  onVerdict: (verdict: Judgement) => void;
  onNext: (() => void) | null;
};

/** A case to be judged without knowing of any other verdict. It cannot be taken back: a key chooses, Enter gives. */
export function BlindCase(props: BlindCaseProps) {
  const { portalId, caseId, zone, head, isSending, error, outcome, onVerdict, onNext } = props;
  const { t } = useSpeech();
  const { may } = useAccess();
  const rules = useRules(portalId, may('rules.read', portalId)).data?.items;
  const stages = useStageNames(portalId);
  const { nameOf } = useSearchable(portalId, rules, []);
  const nowMs = useNow(CLOCK_MS);
  const [chosen, setChosen] = useState<{ caseId: string; verdict: Judgement } | null>(null);
  const verdict = chosen?.caseId === caseId ? chosen.verdict : null;
  const isGiven = outcome !== null;
  const choose = (next: Judgement) => !isGiven && !isSending && setChosen({ caseId, verdict: next });
  const give = () => {
    if (isGiven) onNext?.();
    else if (verdict !== null && !isSending) onVerdict(verdict);
  };
  useKeys(
    {
      Digit1: () => choose('real'),
      Digit2: () => choose('acceptable'),
      Digit3: () => choose('false'),
      Enter: give,
      Escape: () => !isGiven && setChosen(null),
    },
    { isFirst: true },
  );
  return (
    <section className={classes.blind} aria-label={t('blind.title')}>
      <div className={classes.head}>{head}</div>
      <div className={classes.card}>
        <CaseCard
          key={caseId}
          portalId={portalId}
          caseId={caseId}
          row={undefined}
          rules={rules}
          stages={stages}
          nameOf={nameOf}
          others={[]}
          words={null}
          plan={null}
          onSend={() => undefined}
          zone={zone}
          nowMs={nowMs}
          isSettled
          actions={null}
          onUndoVerdict={null}
          onReopen={null}
          onWake={null}
          onBack={null}
        />
      </div>
      <div className={classes.bar} data-verdict-bar>
        {error !== null && <ProblemNote error={error} />}
        {outcome ?? (
          <>
            <div className={classes.verdicts} role="radiogroup" aria-label={t('card.verdicts')}>
              {judgements.map((each, at) => (
                <UnstyledButton
                  key={each}
                  role="radio"
                  aria-checked={verdict === each}
                  className={classes.verdict}
                  onClick={() => choose(each)}
                >
                  <kbd>{at + 1}</kbd>
                  {t(`verdict.short.${each}`)}
                </UnstyledButton>
              ))}
              <UnstyledButton className={classes.give} disabled={verdict === null || isSending} onClick={give}>
                {t('blind.give')} <kbd>Enter</kbd>
              </UnstyledButton>
            </div>
            <p className={classes.soft}>{t('blind.final')}</p>
          </>
        )}
      </div>
    </section>
  );
}
