import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { CaseCard as Card, CaseRow, RuleView, Verdict } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { formatDeadline } from '../format/deadlines.js';
import { FeedbackPanel } from '../feedback/feedback-panel.js';
import type { VerdictFeedback } from '../feedback/use-verdict-feedback.js';
import { useSpeech } from '../i18n/i18n.js';
import { isRecordKind } from '../portals/kind-names.js';
import { useAccess } from '../session/use-me.js';
import { ArrowLeftIcon, ExternalIcon } from '../ui/icons.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { CardGold } from './card-gold.js';
import { CardEntries, CardExplanation, CardItems } from './card-more.js';
import { CardSide } from './card-side.js';
import classes from './case-card.module.css';
import { recordText } from './case-words.js';
import { urgencyOf } from './deadline.js';
import { evidenceOf } from './evidence.js';
import { fillPlaces } from './fill-places.js';
import { SeverityMark } from './severity-mark.js';
import type { Deed } from './decisions.js';
import { cardQuery } from './use-cases.js';
import { VerdictBar } from './verdict-bar.js';
import { WhatHappened } from './what-happened.js';

/** Handlers stay the same from one drawing to the next, as the card is drawn again with each of them. */
type CardActions = {
  accountId: string;
  /** Name of the template that goes with the verdict. */
  template: string | null;
  onVerdict: (verdict: Verdict) => void;
  onDeed: (deed: Deed) => void;
  onDropTemplate: () => void;
};

type CaseCardProps = {
  portalId: string;
  caseId: string;
  /** The line of the list, shown while the card is being read and after a decision. */
  row: CaseRow | undefined;
  rules: readonly RuleView[] | undefined;
  /** Names of stages and pipelines by their ids. */
  stages: ReadonlyMap<string, string>;
  /** Who an account or a user of the portal is. */
  nameOf: (id: string) => string;
  others: readonly string[];
  /** What the employee will be told instead of the rule's own words. */
  words: string | null;
  /** What goes with a verdict; null where cases are only looked at. */
  plan: VerdictFeedback | null;
  /** Asks how and what to send by itself. */
  onSend: () => void;
  zone: string;
  nowMs: number;
  /** One runs through the list: nothing is read yet. */
  isSettled: boolean;
  /** What can be done; null where cases are only looked at. */
  actions: CardActions | null;
  onUndoVerdict: ((row: CaseRow) => void) | null;
  onReopen: ((row: CaseRow) => void) | null;
  onWake: ((row: CaseRow) => void) | null;
  onBack: (() => void) | null;
};

/** All that one looks at for a verdict, on one screen. */
export const CaseCard = memo(function CaseCard(props: CaseCardProps) {
  const { portalId, caseId, isSettled, row, others, actions, onBack } = props;
  const { t } = useSpeech();
  const card = useQuery({ ...cardQuery(portalId, caseId), enabled: isSettled });
  const shown = row ?? card.data?.row;
  return (
    <article className={classes.card} aria-label={t('card.title')} tabIndex={-1} id="case-card">
      {onBack !== null && (
        <button type="button" className={classes.back} onClick={onBack}>
          <ArrowLeftIcon /> {t('card.back')}
        </button>
      )}
      {others.length > 0 && (
        <p className={classes.others} role="status">
          {t('card.others', { n: others.length, names: others.join(', ') })}
        </p>
      )}
      <div className={classes.scroll}>
        {shown !== undefined && <CardHead {...props} row={shown} card={card.data} />}
        {card.data === undefined ? (
          card.isError ? (
            <ErrorState error={card.error} retry={() => void card.refetch()} />
          ) : (
            <TableSkeleton rows={8} />
          )
        ) : (
          <CardBody {...props} card={card.data} row={shown ?? card.data.row} />
        )}
      </div>
      {card.data !== undefined && actions !== null && (
        <VerdictBar {...actions} row={row ?? card.data.row} card={card.data} />
      )}
    </article>
  );
});

function CardHead({
  portalId,
  row,
  card,
  rules,
  zone,
  nowMs,
}: CaseCardProps & { row: CaseRow; card: Card | undefined }) {
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const title =
    card?.rule.title[language] ?? rules?.find(({ ruleId }) => ruleId === row.ruleId)?.title[language] ?? row.ruleId;
  const [kind = '', recordId = ''] = row.about.split(':');
  const isOver = row.status === 'closed' || row.status === 'void';
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <SeverityMark severity={row.severity} />
        <h2 className={classes.title}>
          {title !== row.ruleId && <span className={classes.ruleId}>{row.ruleId}</span>} {title}
        </h2>
        {isOver || row.mode !== 'active' ? (
          <span className={classes.status}>
            {t(row.mode === 'active' ? `status.${row.status}` : `mode.${row.mode}`)}
          </span>
        ) : (
          <span className={classes.due} data-urgency={urgencyOf(row, nowMs)}>
            {t('card.due', { at: formatDeadline(row.dueAt, zone, language, nowMs) })}
          </span>
        )}
      </div>
      <div className={classes.line}>
        {isRecordKind(kind) && may('records.read', portalId) ? (
          <Link
            to="/portals/$portalId/records/$kind/$recordId"
            params={{ portalId, kind, recordId }}
            search={{}}
            preload={false}
            className={classes.record}
          >
            {recordText(row.about, t)}
          </Link>
        ) : (
          <span className={classes.record}>{recordText(row.about, t)}</span>
        )}
        {card?.portalUrl != null && (
          <a href={card.portalUrl} target="_blank" rel="noreferrer noopener" className={classes.external}>
            {t('record.inPortal')} <ExternalIcon />
          </a>
        )}
        {row.isRegressed && (
          <span className={classes.tag} data-kind="regressed">
            {t('queue.badge.regressed')}
          </span>
        )}
        {row.resolvedAt !== null && (
          <span className={classes.tag} data-kind="fixed">
            {t('card.fixedAt', { at: formatInstant(row.resolvedAt, zone, language) })}
          </span>
        )}
        {row.isSnoozed && (
          <span className={classes.tag}>
            {row.snoozedUntil === null
              ? t('card.snoozedUntilEvent')
              : t('card.snoozedUntil', { at: formatInstant(row.snoozedUntil, zone, language) })}
          </span>
        )}
        {(card?.inhibitedBy.length ?? 0) > 0 && (
          <span className={classes.tag}>{t('card.inhibitedBy', { rules: card?.inhibitedBy.join(', ') ?? '' })}</span>
        )}
      </div>
    </header>
  );
}

function CardBody(props: CaseCardProps & { card: Card; row: CaseRow }) {
  const { portalId, card, row, zone, nowMs, stages, words, plan, actions, onSend } = props;
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const evidence = evidenceOf(card, { zone, nowMs, language, t, stages });
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <section>
          <h3 className={classes.name}>{t('card.expected')}</h3>
          <p className={classes.clause}>{fillPlaces(card.rule.clause[language], card.rule.parameters, language)}</p>
        </section>
        <section>
          <h3 className={classes.name}>{t('card.happened')}</h3>
          <WhatHappened card={card} zone={zone} nowMs={nowMs} />
        </section>
        {evidence.length > 0 && (
          <section>
            <h3 className={classes.name}>{t('card.evidence')}</h3>
            <dl className={classes.evidence}>
              {evidence.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {card.items.length > 1 && <CardItems {...props} items={card.items} count={row.itemCount} />}
        {plan !== null && (
          <FeedbackPanel portalId={portalId} row={row} words={words} zone={zone} plan={plan} onSend={onSend} />
        )}
        <div className={classes.mores}>
          <CardExplanation {...props} />
          <CardEntries {...props} />
          {actions !== null && may('rules.manage', portalId) && <CardGold portalId={portalId} row={row} />}
        </div>
      </div>
      <CardSide {...props} />
    </div>
  );
}
