import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RuleView } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { formatCount, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { Link } from '@tanstack/react-router';
import { kindKey } from '../portals/kind-names.js';
import { fillPlaces } from '../queue/fill-places.js';
import { SeverityMark } from '../queue/severity-mark.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ArrowLeftIcon } from '../ui/icons.js';
import { ParametersForm } from './parameters-form.js';
import { missingSetting, precisionOf, stateOf } from './rule-order.js';
import { RuleStateMark } from './rule-state-mark.js';
import classes from './rules-page.module.css';
import { useManageRules } from './use-rules.js';

type RuleDetailProps = {
  portalId: string;
  rule: RuleView;
  zone: string;
  mayManage: boolean;
  onBack: (() => void) | null;
};

/** One rule: its clause, its words for the employee, its condition, its parameters, and its switch. */
export function RuleDetail({ portalId, rule, zone, mayManage, onBack }: RuleDetailProps) {
  const { t, language } = useSpeech();
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
      {rule.since !== null && rule.status !== 'off' && (
        <p className={classes.soft}>{t('rules.since', { at: formatInstant(rule.since, zone, language) })}</p>
      )}
      {mayManage && state !== 'unavailable' && <RuleSwitch portalId={portalId} rule={rule} />}
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
          {rule.on.map((kind) => kindText(kind, t)).join(', ')} ·{' '}
          {t('rules.version', { version: String(rule.version) })}
        </p>
      </Part>
      {rule.parameters.length > 0 && (
        <Part name={t('rules.parameters')}>
          <ParametersForm key={JSON.stringify(values)} portalId={portalId} rule={rule} mayManage={mayManage} />
        </Part>
      )}
    </article>
  );
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

function kindText(kind: string, t: Say): string {
  const key = kindKey(kind === 'employee' ? 'user' : kind);
  return key === null ? (kind === 'portal' ? t('rules.portal') : kind) : t(key, { n: 1 });
}

const roleNames = {
  owner: 'rules.to.owner',
  doer: 'rules.to.doer',
  head: 'rules.to.head',
  creator: 'rules.to.creator',
  assignee: 'rules.to.assignee',
  admin: 'rules.to.admin',
  editor: 'rules.to.editor',
} as const;

function roleText(role: string, t: Say): string {
  return role in roleNames ? t(roleNames[role as keyof typeof roleNames]) : role;
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

const switches = ['off', 'shadow', 'active'] as const;
type Switch = (typeof switches)[number];

/** Switches a rule, after saying what that does. */
function RuleSwitch({ portalId, rule }: { portalId: string; rule: RuleView }) {
  const { t } = useSpeech();
  const { setStatus } = useManageRules(portalId);
  const [wanted, setWanted] = useState<Switch | null>(null);
  const close = () => {
    setWanted(null);
    setStatus.reset();
  };
  return (
    <>
      <div className={classes.switches} role="group" aria-label={t('rules.switch')}>
        {switches.map((each) => (
          <Button
            key={each}
            size="xs"
            variant={rule.status === each ? 'filled' : 'default'}
            aria-pressed={rule.status === each}
            onClick={() => rule.status !== each && setWanted(each)}
          >
            {t(`rules.switch.${each}`)}
          </Button>
        ))}
      </div>
      {wanted !== null && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={t(`rules.confirm.${wanted}.title`, { rule: rule.ruleId })}
          confirm={t(`rules.confirm.${wanted}.do`)}
          isHarmless={wanted !== 'off'}
          onConfirm={() => setStatus.mutate({ ruleId: rule.ruleId, status: wanted }, { onSuccess: close })}
          isPending={setStatus.isPending}
          error={setStatus.error}
        >
          {t(`rules.confirm.${wanted}.text`)}
        </ConfirmDialog>
      )}
    </>
  );
}
