import { Button, NativeSelect, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { CaseRow, GoldReason, Judgement } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { goldReasons, judgements } from '../quality/judgements.js';
import { useGoldCases, useManageQuality } from '../quality/use-quality.js';
import classes from './case-card.module.css';

type Reference = { verdict: Judgement; reason: GoldReason };

/** Whether a case is one that curators are calibrated by, and what makes it one or takes it out again. */
export function CardGold({ portalId, row }: { portalId: string; row: CaseRow }) {
  const { t } = useSpeech();
  const gold = useGoldCases(portalId, true).data;
  const { setGold, removeGold } = useManageQuality(portalId);
  const [removed, setRemoved] = useState<Reference | null>(null);
  const known = gold?.items.find(({ caseId }) => caseId === row.caseId);
  const isPending = setGold.isPending || removeGold.isPending;
  const error = setGold.error ?? removeGold.error;
  const set = (reference: Reference) =>
    setGold.mutate({ caseId: row.caseId, ...reference }, { onSuccess: () => setRemoved(null) });
  if (gold === undefined) return null;
  return (
    <details className={classes.more} data-gold={known === undefined ? undefined : known.verdict}>
      <summary>
        {known === undefined
          ? t('cardGold.make')
          : t('cardGold.is', { verdict: t(`verdict.${known.verdict}`), reason: t(`goldReason.${known.reason}`) })}
      </summary>
      <div className={classes.explanation}>
        {known !== undefined ? (
          <UnstyledButton
            className={classes.textButton}
            disabled={isPending}
            onClick={() =>
              removeGold.mutate(row.caseId, {
                onSuccess: () => setRemoved({ verdict: known.verdict, reason: known.reason }),
              })
            }
          >
            {t('cardGold.remove')}
          </UnstyledButton>
        ) : removed !== null ? (
          <p role="status">
            {t('cardGold.removed')}{' '}
            <UnstyledButton className={classes.textButton} disabled={isPending} onClick={() => set(removed)}>
              {t('cardGold.undo')}
            </UnstyledButton>
          </p>
        ) : (
          <GoldForm row={row} isPending={isPending} onSet={set} />
        )}
        {error !== null && <ProblemNote error={error} />}
      </div>
    </details>
  );
}

function GoldForm({
  row,
  isPending,
  onSet,
}: {
  row: CaseRow;
  isPending: boolean;
  onSet: (reference: Reference) => void;
}) {
  const { t } = useSpeech();
  const [verdict, setVerdict] = useState<Judgement>(judgements.find((each) => each === row.verdict) ?? 'real');
  const [reason, setReason] = useState<GoldReason | null>(null);
  const [isTold, setIsTold] = useState(false);
  return (
    <form
      className={classes.goldForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTold(true);
        if (reason !== null) onSet({ verdict, reason });
      }}
    >
      <NativeSelect
        size="xs"
        label={t('gold.verdict')}
        data={judgements.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        value={verdict}
        onChange={({ currentTarget: { value } }) => setVerdict(judgements.find((each) => each === value) ?? verdict)}
      />
      <NativeSelect
        size="xs"
        label={t('gold.reason')}
        data={[
          { value: '', label: t('cardGold.chooseReason') },
          ...goldReasons.map((value) => ({ value, label: t(`goldReason.${value}`) })),
        ]}
        value={reason ?? ''}
        onChange={({ currentTarget: { value } }) => setReason(goldReasons.find((each) => each === value) ?? null)}
        error={isTold && reason === null && t('gold.reasonMissing')}
      />
      <Button type="submit" size="xs" variant="default" loading={isPending}>
        {t('gold.submit')}
      </Button>
    </form>
  );
}
