import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Backtest, RuleView } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { type Translate, useSpeech } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { CheckIcon } from '../ui/icons.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { backtestSummary } from './backtest-result.js';
import classes from './rule-life.module.css';
import { isDemoted, lifeOf, reasonKey, steps } from './rule-steps.js';
import { stateOf } from './rule-order.js';
import { useManageRules } from './use-rules.js';

const switches = ['off', 'shadow', 'active'] as const;
type Switch = (typeof switches)[number];
const UNDO_MS = 10_000;

type RuleLifeProps = {
  portalId: string;
  rule: RuleView;
  zone: string;
  mayManage: boolean;
  /** The newest backtest of the rule as it is set now. */
  tried: Backtest | undefined;
  isTrying: boolean;
  onTry: () => void;
};

/** From a draft over the history and the shadow into work: where a rule stands, why, and what may follow. */
export function RuleLife(props: RuleLifeProps) {
  const { rule, zone, mayManage, tried } = props;
  const { t, language } = useSpeech();
  const life = lifeOf(rule, tried !== undefined);
  const reason = reasonKey(rule.reason);
  const isOn = rule.status === 'shadow' || rule.status === 'active';
  return (
    <section className={classes.life} aria-label={t('rules.life')}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li
            key={step}
            className={classes.step}
            data-state={life[step]}
            aria-current={life[step] === 'now' ? 'step' : undefined}
          >
            <span className={classes.mark}>{step === 'backtest' && tried !== undefined && <CheckIcon />}</span>
            {t(step === 'draft' && rule.status === 'off' && !rule.isOwn ? 'rules.step.off' : `rules.step.${step}`)}
          </li>
        ))}
      </ol>
      {isDemoted(rule) ? (
        <p className={classes.demoted} role="note">
          {reason !== null && t(reason)}{' '}
          {rule.since !== null && t('rules.demotedAt', { at: formatInstant(rule.since, zone, language) })}
        </p>
      ) : (
        isOn &&
        rule.since !== null && (
          <p className={classes.soft}>
            {reason !== null && `${t(reason)} · `}
            {t(rule.status === 'active' ? 'rules.since' : 'rules.sinceShadow', {
              at: formatInstant(rule.since, zone, language),
            })}
          </p>
        )
      )}
      {rule.status === 'broken' && <p className={classes.demoted}>{brokenText(rule, zone, language, t)}</p>}
      {mayManage && stateOf(rule) !== 'unavailable' && <RuleSwitch {...props} />}
    </section>
  );
}

/** Why a rule is not judged, and what mends it. */
function brokenText(
  { outage, reason }: Pick<RuleView, 'outage' | 'reason'>,
  zone: string,
  language: Language,
  t: Translate,
): string {
  if (outage === null) return t('rules.broken', { why: reason ?? '—' });
  const missing = outage.missing.map(({ part, id }) => `${t(`rules.missing.${part}`)} ${id}`).join(', ');
  return t('rules.outage', { missing, at: formatInstant(outage.at, zone, language) });
}

/** Switches a rule after saying what that does; for some seconds it can be taken back. */
function RuleSwitch({ portalId, rule, zone, tried, isTrying, onTry }: RuleLifeProps) {
  const { t, language } = useSpeech();
  const { setStatus } = useManageRules(portalId);
  const [wanted, setWanted] = useState<Switch | null>(null);
  const [before, setBefore] = useState<Switch | null>(null);
  useEffect(() => {
    if (before === null) return;
    const timer = window.setTimeout(() => setBefore(null), UNDO_MS);
    return () => window.clearTimeout(timer);
  }, [before]);
  const close = () => {
    setWanted(null);
    setStatus.reset();
  };
  const carryOut = (status: Switch) => {
    const was = switches.find((each) => each === rule.status) ?? 'off';
    setStatus.mutate(
      { ruleId: rule.ruleId, status },
      {
        onSuccess: () => {
          close();
          setBefore(was);
        },
      },
    );
  };
  const isUntried = wanted !== null && wanted !== 'off' && tried === undefined;
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
        {before !== null && before !== rule.status && (
          <span className={classes.undo} role="status">
            {t('rules.switched')}{' '}
            <UnstyledButton
              className={classes.undoButton}
              title={t('rules.undoNote')}
              onClick={() => {
                const back = before;
                setStatus.mutate({ ruleId: rule.ruleId, status: back }, { onSuccess: () => setBefore(null) });
              }}
            >
              {t('rules.undo')}
            </UnstyledButton>
          </span>
        )}
      </div>
      {wanted !== null && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={t(`rules.confirm.${wanted}.title`, { rule: rule.ruleId })}
          confirm={t(isUntried ? `rules.confirm.${wanted}.anyway` : `rules.confirm.${wanted}.do`)}
          isHarmless={wanted !== 'off'}
          onConfirm={() => carryOut(wanted)}
          isPending={setStatus.isPending}
          error={setStatus.error}
        >
          <div className={classes.confirm}>
            <p>{t(`rules.confirm.${wanted}.text`)}</p>
            {wanted !== 'off' && (
              <div className={classes.advice} data-untried={isUntried || undefined}>
                {tried === undefined ? (
                  <>
                    <p>{t('rules.tryFirst')}</p>
                    <Button
                      size="xs"
                      variant="light"
                      loading={isTrying}
                      onClick={() => {
                        onTry();
                        close();
                      }}
                    >
                      {t('backtest.start')}
                    </Button>
                  </>
                ) : (
                  <p>{t('rules.tried', { found: backtestSummary(tried, zone, language, t) })}</p>
                )}
              </div>
            )}
          </div>
        </ConfirmDialog>
      )}
    </>
  );
}
