import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../../api/problem.js';
import type { RuleDetail, RuleFault, RuleView } from '../../api/schema.js';
import { dayIn } from '../../format/dates.js';
import { useSpeech } from '../../i18n/i18n.js';
import { ProblemNote } from '../../portals/problem-note.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { ArrowLeftIcon } from '../../ui/icons.js';
import { Tabs } from '../../ui/tabs.js';
import { periodOfStretch, usualStretch } from '../backtest-stretch.js';
import { LazyCodeEditor } from '../code/lazy-code-editor.js';
import { useNoteTrial } from '../draft-trials.js';
import { fittingValues, setValues } from '../parameter-draft.js';
import { RuleStateMark } from '../rule-state-mark.js';
import { useTryRules } from '../use-backtests.js';
import { useOwnRules } from '../use-own-rules.js';
import { DraftPanel } from './draft-panel.js';
import { isBlank, withSuggestion } from './faults.js';
import { fieldId } from './form-fields.js';
import type { Wanted } from './form-fields.js';
import { isSameRule, jsonOf, ruleIn, textAt, withValue } from './rule-draft.js';
import type { RuleDraft } from './rule-draft.js';
import { RuleForm } from './rule-form.js';
import { useFaults } from './use-faults.js';
import { useFeeds } from './use-feeds.js';
import { useLeaveGuard } from './use-leave-guard.js';
import classes from './write-rule.module.css';

type RuleEditorProps = {
  portalId: string;
  zone: string;
  rules: readonly RuleView[];
  /** The rule that is written; undefined for one that is not there yet. */
  detail: RuleDetail | undefined;
  start: RuleDraft;
};

/** Writes a rule as a draft: by fields or as JSON, with what is wrong told while one writes. */
export function RuleEditor({ portalId, zone, rules, detail, start }: RuleEditorProps) {
  const { t, language } = useSpeech();
  const navigate = useNavigate();
  const isNew = detail === undefined;
  const [saved, setSaved] = useState(start);
  const [draft, setDraft] = useState(start);
  const [tab, setTab] = useState<'form' | 'json'>('form');
  const [json, setJson] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Wanted>(null);
  const [wasTried, setWasTried] = useState(false);
  const { write } = useOwnRules(portalId);
  const { request } = useTryRules(portalId);
  const noteTrial = useNoteTrial(portalId);
  const isUntouched = isSameRule(draft, saved);
  useFeeds({
    ...{ portalId, rules, draft, isWanted: isNew },
    onChange: (next) => {
      setDraft(next);
      if (isUntouched) setSaved(next);
    },
  });

  const [takenIds] = useState(() => (isNew ? rules.map(({ ruleId }) => ruleId) : []));
  const { faults, isBehind } = useFaults(portalId, draft, takenIds);
  const refused = write.error instanceof ApiProblem ? write.error.faults : [];
  const isBroken = json !== null && ruleIn(json) === null;
  const isUnsaved = isBroken || !isUntouched;
  const guard = useLeaveGuard(isUnsaved);
  const ruleId = detail?.rule.ruleId ?? textAt(draft, 'id');
  const maySave = !isBroken && !write.isPending;

  const change = (next: RuleDraft) => {
    write.reset();
    setDraft(next);
    if (tab === 'json') setJson(jsonOf(next));
  };
  const goTo = (fault: RuleFault) => {
    setTab('form');
    setJson(null);
    setWanted((before) => ({ fault, n: (before?.n ?? 0) + 1 }));
  };
  useFocusOn(wanted);

  /** Saves what is written; then goes on with `next`, or to the first fault. */
  const save = (next?: (rule: RuleDraft) => void) => {
    if (!maySave) return;
    setWasTried(true);
    const [fault] = faults;
    if (fault !== undefined && !isBehind) return goTo(fault);
    const written = isNew ? draft : withValue(draft, 'id', ruleId);
    write.mutate(
      { ruleId, rule: written },
      {
        onSuccess: () => {
          setSaved(written);
          setDraft(written);
          if (next !== undefined) return next(written);
          if (isNew) {
            const to = '/portals/$portalId/rules/$ruleId/edit';
            guard.leave(() => void navigate({ to, params: { portalId, ruleId }, replace: true, resetScroll: false }));
          }
        },
        onError: (error) => {
          const [first] = error instanceof ApiProblem ? error.faults : [];
          if (first !== undefined) goTo(first);
        },
      },
    );
  };
  const toRules = (search: { rule: string; backtest?: string }) =>
    guard.leave(
      () => void navigate({ to: '/portals/$portalId/rules', params: { portalId }, search, hash: 'backtests' }),
    );
  const tryOut = (rule: RuleDraft) => {
    const period = periodOfStretch(usualStretch, dayIn(new Date(), zone), [null, null]) ?? null;
    request.mutate(
      { ruleId, rule, period, parameters: detail === undefined ? {} : fittingValues(setValues(detail.rule), rule) },
      {
        onSuccess: ({ backtestId }) => {
          noteTrial(ruleId, rule, backtestId);
          toRules({ rule: ruleId, backtest: backtestId });
        },
      },
    );
  };
  useSaveKey(() => save());

  const isSaved = detail !== undefined && detail.draft !== null && !isUnsaved;
  const shownFaults = refused.length > 0 && faults.length === 0 ? refused : faults;
  const count = shownFaults.length;
  // A form that nobody has filled in yet is not wrong: what is empty is told when somebody would save it.
  const fieldFaults = wasTried ? shownFaults : shownFaults.filter((fault) => !isBlank(draft, fault));
  const title = (draft['title'] as Partial<Record<string, string>> | undefined)?.[language] ?? '';
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link
          to="/portals/$portalId/rules"
          params={{ portalId }}
          search={isNew ? {} : { rule: ruleId }}
          className={classes.back}
        >
          <ArrowLeftIcon /> {t('rules.back')}
        </Link>
        <div className={classes.headLine}>
          <h1 className={classes.title}>
            {isNew ? t('write.new') : <span className={classes.soft}>{ruleId}</span>} {!isNew && title}
          </h1>
          {detail !== undefined && <RuleStateMark rule={detail.rule} />}
          <span className={classes.saveState} role="status" data-unsaved={isUnsaved || undefined}>
            {t(isUnsaved ? 'write.unsaved' : isSaved ? 'write.saved' : 'write.unchanged')}
          </span>
          {count > 0 && (
            <a className={classes.toFaults} href="#rule-check">
              {t('write.faults', { n: count })}
            </a>
          )}
          <div className={classes.actions}>
            <Button
              size="xs"
              variant="default"
              disabled={!maySave || count > 0}
              loading={request.isPending}
              onClick={() => (isUnsaved || isNew ? save(tryOut) : tryOut(draft))}
            >
              {t(isUnsaved ? 'write.saveAndTry' : 'write.try')}
            </Button>
            <Button
              size="xs"
              disabled={!maySave || !isUnsaved}
              loading={write.isPending}
              title={t('write.saveKey')}
              onClick={() => save()}
            >
              {t('write.save')}
            </Button>
          </div>
        </div>
        {write.isError && refused.length === 0 && <ProblemNote error={write.error} />}
        {request.isError && <ProblemNote error={request.error} />}
        <Tabs
          label={t('write.tabs')}
          tabs={[
            { value: 'form', text: t('write.tab.form') },
            { value: 'json', text: t('write.tab.json') },
          ]}
          value={tab}
          controls="written"
          onChange={(next) => {
            if (isBroken) return;
            setJson(next === 'json' ? jsonOf(draft) : null);
            setTab(next);
          }}
        />
      </header>
      <div className={classes.columns}>
        <div id="written" role="tabpanel" aria-labelledby={`tab-${tab}`} className={classes.written}>
          {tab === 'form' ? (
            <RuleForm
              {...{ draft, faults: fieldFaults, wanted, isNew }}
              onChange={change}
              ruleIds={rules.map((rule) => rule.ruleId).filter((id) => id !== ruleId)}
            />
          ) : (
            <>
              <LazyCodeEditor
                label={t('write.tab.json')}
                language="json"
                value={json ?? jsonOf(draft)}
                onChange={(text) => {
                  setJson(text);
                  const rule = ruleIn(text);
                  if (rule !== null && !isSameRule(rule, draft)) {
                    write.reset();
                    setDraft(rule);
                  }
                }}
              />
              {isBroken && (
                <p className={classes.broken} role="alert">
                  {t('write.notJson')}
                </p>
              )}
            </>
          )}
        </div>
        <DraftPanel
          {...{ portalId, detail, isUnsaved, isBehind }}
          faults={shownFaults}
          onOpen={goTo}
          onAccept={(fault, suggestion) => change(withSuggestion(draft, fault, suggestion))}
          onDiscard={() => {
            write.reset();
            setDraft(saved);
            setJson(tab === 'json' ? jsonOf(saved) : null);
          }}
          onGone={() => toRules({ rule: ruleId })}
        />
      </div>
      {guard.asks && (
        <ConfirmDialog
          isOpen
          title={t('write.leave.title')}
          confirm={t('write.leave.do')}
          onConfirm={guard.goOn}
          onClose={guard.stay}
          isPending={false}
          error={null}
        >
          {t('write.leave.text')}
        </ConfirmDialog>
      )}
    </div>
  );
}

/** Brings the field of a fault into sight, and the caret into it; a condition does so by itself, at the place. */
function useFocusOn(wanted: Wanted): void {
  useEffect(() => {
    if (wanted === null) return;
    const { path } = wanted.fault;
    const parts = path.split('.');
    for (let length = parts.length; length > 0; length -= 1) {
      const field = document.getElementById(fieldId(parts.slice(0, length).join('.')));
      if (field === null) continue;
      field.scrollIntoView({ block: 'center' });
      field.focus({ preventScroll: true });
      return;
    }
  }, [wanted]);
}

/** Ctrl+S or Cmd+S saves, also while somebody types. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"]') === null) save();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
