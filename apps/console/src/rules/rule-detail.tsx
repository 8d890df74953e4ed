import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ParameterValue, RuleView } from '../api/schema.js';
import { dayIn } from '../format/dates.js';
import { formatCount, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { Link } from '@tanstack/react-router';
import { fillPlaces } from '../queue/fill-places.js';
import { SeverityMark } from '../queue/severity-mark.js';
import { ArrowLeftIcon } from '../ui/icons.js';
import { usePeople } from '../people/use-people.js';
import { useAccess } from '../session/use-me.js';
import { lastAsSet, isOver } from './backtest-figures.js';
import { periodOfStretch, usualStretch } from './backtest-stretch.js';
import type { Stretch } from './backtest-stretch.js';
import { BacktestsPanel } from './backtests-panel.js';
import { RuleLife } from './rule-life.js';
import { useNoteTrial, useTrialOf } from './draft-trials.js';
import { fittingValues, setValues } from './parameter-draft.js';
import { OwnRulePart, RuleOrigins } from './own-rule-part.js';
import { useBacktests, useTryRules } from './use-backtests.js';
import { useRuleDetail } from './use-own-rules.js';
import { roleText, subjectText } from './rule-words.js';
import type { RuleDraft } from './write-rule/rule-draft.js';
import { ScopeForm } from './scope-form.js';
import { goesByUsual, UsualPart } from './usual-part.js';
import { ParametersForm } from './parameters-form.js';
import { missingSetting, precisionOf, stateOf } from './rule-order.js';
import { RuleStateMark } from './rule-state-mark.js';
import classes from './rules-page.module.css';

type RuleDetailProps = {
  portalId: string;
  rule: RuleView;
  /** Id of the pack that the portal goes by. */
  packId: string;
  zone: string;
  mayManage: boolean;
  /** The backtest that is looked at. */
  backtestId: string | undefined;
  onBacktest: (backtestId: string) => void;
  onBack: (() => void) | null;
};

/** One rule: its life, its clause, its words for the employee, its condition, its parameters, and what it would find. */
export function RuleDetail(props: RuleDetailProps) {
  const { portalId, rule, packId, zone, mayManage, backtestId, onBacktest, onBack } = props;
  const { t, language } = useSpeech();
  const detail = useRuleDetail(portalId, rule.ruleId).data;
  const trial = useTrial(portalId, rule, detail?.draft ?? null, zone, onBacktest);
  const state = stateOf(rule);
  const title = rule.title[language];
  const values = Object.fromEntries(rule.parameters.map(({ name, value }) => [name, value]));
  const titleOf = (name: string) => rule.parameters.find((each) => each.name === name)?.title[language] ?? name;
  return (
    <article className={classes.detail} aria-label={rule.ruleId}>
      {onBack !== null && (
        <button type="button" className={classes.back} onClick={onBack}>
          <ArrowLeftIcon /> {t('rules.back')}
        </button>
      )}
      <header className={classes.detailHead}>
        <SeverityMark severity={rule.severity} />
        <h2 className={classes.detailTitle}>
          <span className={classes.soft}>{rule.ruleId}</span> {title === rule.ruleId ? '' : title}
        </h2>
        <RuleStateMark rule={rule} />
      </header>
      {state === 'unavailable' && <p className={classes.why}>{rule.unavailable?.[language]}</p>}
      {state === 'waits' && <p className={classes.why}>{waitText(rule, titleOf, t)}</p>}
      <RuleLife
        portalId={portalId}
        rule={rule}
        zone={zone}
        mayManage={mayManage}
        tried={trial.tried}
        isTrying={trial.isAsking}
        onTry={() => trial.start()}
      />
      {mayManage && <OwnRulePart portalId={portalId} rule={rule} detail={detail} />}
      <Part name={t('rules.clause')}>
        <p>{fillPlaces(rule.clause[language], values, language)}</p>
      </Part>
      <Part name={t('rules.feedback')}>
        <p className={classes.feedback}>{fillPlaces(rule.feedback[language], values, language)}</p>
        <p className={classes.soft}>
          {t('rules.feedbackTo', { to: rule.feedbackTo.map((role) => roleText(role, t)).join(', ') })}
        </p>
      </Part>
      <RuleFigures portalId={portalId} rule={rule} />
      <Part name={t('rules.condition')}>
        <pre className={classes.condition}>{rule.when}</pre>
        <p className={classes.soft}>
          {t(rule.kind === 'state' ? 'rules.kindState' : 'rules.kindFact')} ·{' '}
          {rule.on.map((kind) => subjectText(kind, t)).join(', ')} ·{' '}
          {t('rules.version', { version: String(rule.version) })}
        </p>
      </Part>
      {rule.parameters.length > 0 && (
        <Part name={t('rules.parameters')}>
          <ParametersForm
            key={JSON.stringify(values)}
            portalId={portalId}
            rule={rule}
            mayManage={mayManage}
            onTry={rule.unavailable === null ? trial.start : null}
            isTrying={trial.isAsking || trial.isRunning}
          />
        </Part>
      )}
      {goesByUsual(rule.ruleId) && (
        <Part name={t('usual.title')}>
          <UsualPart portalId={portalId} ruleId={rule.ruleId} zone={zone} />
        </Part>
      )}
      <Part name={t('scope.title')}>
        <ScopeForm key={JSON.stringify(rule.scope)} portalId={portalId} rule={rule} mayManage={mayManage} />
      </Part>
      {detail !== undefined && Object.keys(detail.origins).length > 0 && (
        <Part name={t('write.origins')}>
          <RuleOrigins detail={detail} packId={packId} />
        </Part>
      )}
      <section className={classes.part} id="backtests" aria-label={t('backtest.title')}>
        <h3 className={classes.partName}>{t('backtest.title')}</h3>
        {rule.hasDraft && mayManage && <p className={classes.soft}>{t('write.triesDraft')}</p>}
        <BacktestsPanel
          {...trial.panel}
          portalId={portalId}
          rule={rule}
          chosenId={backtestId}
          zone={zone}
          mayManage={mayManage}
          onChoose={onBacktest}
        />
      </section>
    </article>
  );
}

/**
 * What there is to try a rule with: the stretch of the history, the newest backtests, and the one that is asked for.
 * What is being written of the rule is what is tried: it is what would be switched on.
 */
function useTrial(
  portalId: string,
  rule: RuleView,
  draft: RuleDraft | null,
  zone: string,
  onBacktest: (backtestId: string) => void,
) {
  const { t } = useSpeech();
  const all = useBacktests(portalId).data ?? [];
  const { request, cancel } = useTryRules(portalId);
  const mayReadPeople = useAccess().may('people.read', portalId);
  const people = usePeople(portalId, { isWanted: mayReadPeople }).data?.items;
  const [stretch, setStretch] = useState<Stretch>(usualStretch);
  const [own, setOwn] = useState<[string | null, string | null]>([null, null]);
  const today = dayIn(new Date(), zone);
  const backtests = all.filter(({ ruleId }) => ruleId === rule.ruleId);
  const noteTrial = useNoteTrial(portalId);
  const triedDraft = useTrialOf(portalId, rule.ruleId, draft);
  const start = (parameters?: Record<string, ParameterValue>) => {
    const period = periodOfStretch(stretch, today, own);
    if (period === undefined) return;
    request.mutate(
      {
        ruleId: rule.ruleId,
        period,
        ...(draft !== null && { rule: draft, parameters: fittingValues(parameters ?? setValues(rule), draft) }),
        ...(draft === null && parameters !== undefined && { parameters }),
      },
      {
        onSuccess: ({ backtestId }) => {
          if (draft !== null) noteTrial(rule.ruleId, draft, backtestId);
          onBacktest(backtestId);
          document.getElementById('backtests')?.scrollIntoView({ block: 'nearest' });
        },
      },
    );
  };
  const nameOf = (userId: string) =>
    people?.find((person) => person.userId === userId)?.name ?? t('seller.nameless', { id: userId });
  return {
    tried: rule.hasDraft
      ? backtests.find((each) => each.backtestId === triedDraft && each.state === 'done')
      : lastAsSet(backtests, rule.ruleId, rule.parameters),
    isAsking: request.isPending,
    isRunning: backtests.some((each) => !isOver(each)),
    start,
    panel: {
      ...{ backtests, today, stretch, own, nameOf },
      isAsking: request.isPending,
      error: request.error ?? cancel.error,
      onStretch: setStretch,
      onOwn: setOwn,
      onStart: () => start(),
      onCancel: (backtestId: string) => cancel.mutate(backtestId),
    },
  };
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.partName}>{name}</h3>
      {children}
    </section>
  );
}

type Say = ReturnType<typeof useSpeech>['t'];

function waitText(rule: RuleView, titleOf: (name: string) => string, t: Say): string {
  const setting = missingSetting(rule);
  if (setting !== null) return t('rules.waitsForSetting', { name: titleOf(setting) });
  return t('rules.waitsForFeed', { name: (rule.waitsFor ?? '').replace(/^feed:/, '') });
}

function RuleFigures({ portalId, rule }: { portalId: string; rule: RuleView }) {
  const { t, language } = useSpeech();
  const { open, total, verdicts, checks } = rule.figures;
  const precision = precisionOf(rule.figures);
  const figures = [
    {
      name: t('rules.figure.open'),
      value: (
        <Link to="/portals/$portalId/queue" params={{ portalId }} search={{ rule: rule.ruleId }}>
          {formatCount(open)}
        </Link>
      ),
      note: t('rules.figure.total', { n: total }),
    },
    {
      name: t('rules.figure.precision'),
      value: precision === null ? t('rules.tooFew') : formatPercent(precision, language),
      note: t('rules.figure.verdicts', { n: verdicts }),
    },
    {
      name: t('rules.figure.rate'),
      value: checks === 0 ? '—' : formatPercent(total / checks, language),
      note: t('rules.figure.checks', { n: checks }),
    },
  ];
  return (
    <dl className={classes.big}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd className={classes.soft}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}
