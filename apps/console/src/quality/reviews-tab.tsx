import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseCard, Judgement } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { BlindCase } from './blind-case.js';
import { judgements } from './judgements.js';
import classes from './quality-page.module.css';
import { useQualitySettings, useReviewBlindly, useSecondReviews } from './use-quality.js';

/** Cases drawn for a second verdict, one after another; the first one is told once the second is given. */
export function ReviewsTab({ portalId, zone }: { portalId: string; zone: string }) {
  const { t } = useSpeech();
  const reviews = useSecondReviews(portalId, true);
  const settings = useQualitySettings(portalId).data;
  const review = useReviewBlindly(portalId);
  const [given, setGiven] = useState<{ caseId: string; verdict: Judgement; card: CaseCard } | null>(null);
  if (reviews.data === undefined) {
    return reviews.isError ? (
      <ErrorState error={reviews.error} retry={() => void reviews.refetch()} />
    ) : (
      <TableSkeleton rows={8} />
    );
  }
  const left = reviews.data.items.filter(({ caseId }) => caseId !== given?.caseId);
  const caseId = given?.caseId ?? left[0]?.caseId;
  if (caseId === undefined) {
    return (
      <EmptyState title={t('reviews.empty')}>
        <p>{t('reviews.emptyText', { share: String(settings?.secondReviewPercent ?? 7) })}</p>
      </EmptyState>
    );
  }
  return (
    <BlindCase
      portalId={portalId}
      caseId={caseId}
      zone={zone}
      head={
        <div className={classes.progress}>
          <b>{t('reviews.left', { n: left.length })}</b>
          <span className={classes.soft}>{t('reviews.note')}</span>
        </div>
      }
      isSending={review.isPending}
      error={review.error}
      outcome={
        given === null ? null : <Outcome given={given} isLast={left.length === 0} onNext={() => setGiven(null)} />
      }
      onVerdict={(verdict) =>
        review.mutate({ caseId, verdict }, { onSuccess: (card) => setGiven({ caseId, verdict, card }) })
      }
      onNext={() => setGiven(null)}
    />
  );
}

function Outcome({
  given,
  isLast,
  onNext,
}: {
  given: { verdict: Judgement; card: CaseCard };
  isLast: boolean;
  onNext: () => void;
}) {
  const { t } = useSpeech();
  const first = judgements.find((each) => each === given.card.verdict?.verdict);
  const isSame = given.card.secondReview?.state === 'confirmed';
  return (
    <div className={classes.outcome} role="status" data-same={isSame || undefined}>
      <div>
        <b>{t(isSame ? 'reviews.same' : 'reviews.different')}</b>{' '}
        {t('reviews.verdicts', {
          second: t(`verdict.short.${given.verdict}`),
          first: first === undefined ? '—' : t(`verdict.short.${first}`),
        })}
        <p className={classes.soft}>{t('reviews.stays')}</p>
      </div>
      <Button size="xs" onClick={onNext}>
        {t(isLast ? 'reviews.finish' : 'reviews.next')}
      </Button>
    </div>
  );
}
