import { Link } from '@tanstack/react-router';
import type { CaseCard as Card, CaseRow, RuleView } from '../api/schema.js';
import { formatInstant, formatInstantExact } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { isRecordKind } from '../portals/kind-names.js';
import { ExternalIcon } from '../ui/icons.js';
import classes from './case-card.module.css';
import { recordText } from './case-words.js';
import { parameterText } from './fill-places.js';

const ITEMS_SHOWN = 3;

type MoreProps = {
  portalId: string;
  card: Card;
  row: CaseRow;
  rules: readonly RuleView[] | undefined;
  nameOf: (id: string) => string;
  zone: string;
  nowMs: number;
};

/** What a case gathers: the first ones, and how many more. */
export function CardItems({ items, count, zone, nowMs }: MoreProps & { items: Card['items']; count: number }) {
  const { t, language } = useSpeech();
  const shown = items.slice(0, ITEMS_SHOWN);
  const rest = items.slice(ITEMS_SHOWN);
  const line = ({ ref, at, portalUrl }: Card['items'][number]) => (
    <li key={ref}>
      {portalUrl === null ? (
        recordText(ref, t)
      ) : (
        <a href={portalUrl} target="_blank" rel="noreferrer noopener">
          {recordText(ref, t)} <ExternalIcon />
        </a>
      )}{' '}
      <span className={classes.soft}>{formatMoment(at, zone, language, nowMs)}</span>
    </li>
  );
  return (
    <section>
      <h3 className={classes.name}>{t('card.items', { n: count })}</h3>
      <ul className={classes.items}>{shown.map(line)}</ul>
      {rest.length > 0 && (
        <details className={classes.more}>
          <summary>{t('card.moreItems', { n: rest.length })}</summary>
          <ul className={classes.items}>{rest.map(line)}</ul>
        </details>
      )}
    </section>
  );
}

/** Why the case was opened: the condition, the parameters then, and what was known then. */
export function CardExplanation({ portalId, card, row, rules, zone }: MoreProps) {
  const { t, language } = useSpeech();
  const rule = rules?.find(({ ruleId }) => ruleId === row.ruleId);
  const [kind = '', recordId = ''] = row.about.split(':');
  const parameters = Object.entries(card.rule.parameters);
  return (
    <details className={classes.more} id="case-explanation">
      <summary>{t('card.explain')}</summary>
      <div className={classes.explanation}>
        {rule !== undefined && <pre className={classes.condition}>{rule.when}</pre>}
        {parameters.length > 0 && (
          <dl className={classes.evidence}>
            {parameters.map(([name, value]) => (
              <div key={name}>
                <dt>{rule?.parameters.find((each) => each.name === name)?.title[language] ?? name}</dt>
                <dd>{parameterText(value, language) || '—'}</dd>
              </div>
            ))}
          </dl>
        )}
        <p className={classes.soft}>
          {t('card.ruleVersion', { version: String(card.rule.version) })} ·{' '}
          {t('card.began', { at: formatInstant(row.startedAt, zone, language) })} ·{' '}
          {isRecordKind(kind) ? (
            <Link
              to="/portals/$portalId/records/$kind/$recordId"
              params={{ portalId, kind, recordId }}
              search={{ asAt: card.asAt }}
              preload={false}
            >
              {t('card.asAt', { position: card.asAt })}
            </Link>
          ) : (
            t('card.asAt', { position: card.asAt })
          )}
        </p>
      </div>
    </details>
  );
}

const entryNames: Readonly<Record<string, MessageKey>> = {
  CaseOpened: 'entry.CaseOpened',
  CaseRecurred: 'entry.CaseRecurred',
  CaseItemsChanged: 'entry.CaseItemsChanged',
  CaseReassigned: 'entry.CaseReassigned',
  CaseResolved: 'entry.CaseResolved',
  CaseResolutionWithdrawn: 'entry.CaseResolutionWithdrawn',
  CaseVoided: 'entry.CaseVoided',
  CaseInhibited: 'entry.CaseInhibited',
  CaseReleased: 'entry.CaseReleased',
  VerdictGiven: 'entry.VerdictGiven',
  VerdictWithdrawn: 'entry.VerdictWithdrawn',
  CaseSnoozed: 'entry.CaseSnoozed',
  CaseWoken: 'entry.CaseWoken',
  CaseAssigned: 'entry.CaseAssigned',
  CaseMerged: 'entry.CaseMerged',
  CaseClosed: 'entry.CaseClosed',
  CaseReopened: 'entry.CaseReopened',
  FeedbackRequested: 'entry.FeedbackRequested',
  FeedbackCancelled: 'entry.FeedbackCancelled',
  FeedbackSent: 'entry.FeedbackSent',
  FeedbackFailed: 'entry.FeedbackFailed',
  FeedbackSeen: 'entry.FeedbackSeen',
  CaseAnswered: 'entry.CaseAnswered',
  DisputeDecided: 'entry.DisputeDecided',
  BlindReviewed: 'entry.BlindReviewed',
};

const details: Readonly<Record<string, MessageKey>> = {
  real: 'verdict.real',
  acceptable: 'verdict.acceptable',
  false: 'verdict.false',
  'need-info': 'verdict.need-info',
  fixed: 'answer.fixed',
  disagree: 'answer.disagree',
  'not-mine': 'answer.not-mine',
  client: 'snooze.client',
  absence: 'snooze.absence',
  data: 'snooze.data',
  later: 'snooze.later',
};

/** Everything that happened to the case itself. */
export function CardEntries({ card, nameOf, zone }: MoreProps) {
  const { t, language } = useSpeech();
  return (
    <details className={classes.more}>
      <summary>{t('card.entries', { n: card.entries.length })}</summary>
      <ol className={classes.entries}>
        {card.entries.map(({ version, type, recordedAt, by, detail }) => {
          const name = entryNames[type];
          const said = detail === null ? undefined : details[detail];
          return (
            <li key={version}>
              <time dateTime={recordedAt}>{formatInstantExact(recordedAt, zone, language)}</time>
              <span>
                {name === undefined ? type : t(name)}
                {detail !== null && `: ${said === undefined ? detail : t(said)}`}
                {by !== null && <span className={classes.soft}> — {nameOf(by)}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
