import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Backtest, PackPreview, PreviewPack, RuleView } from '../../api/schema.js';
import { formatCount, formatDecimal } from '../../format/numbers.js';
import { useSpeech } from '../../i18n/i18n.js';
import { tell } from '../../api/problem.js';
import { DataTable } from '../../ui/data-table.js';
import { Panel } from '../../ui/panel.js';
import { isOver, percentDone } from '../backtest-figures.js';
import { Diff, RuleName } from '../differences/diff-table.js';
import { layerText } from '../differences/differences-panel.js';
import { useBacktests } from '../use-backtests.js';
import { titlesIn, whyNotTried } from './preview-text.js';
import classes from './preview.module.css';

type PreviewResultProps = {
  portalId: string;
  rules: readonly RuleView[];
  pack: PreviewPack;
  preview: PackPreview;
};

/** What would change, what the rules that change would have found, and which were not tried. */
export function PreviewResult({ portalId, rules, pack, preview }: PreviewResultProps) {
  const { t, language } = useSpeech();
  const { layers, diff, notTried } = preview;
  const titles = titlesIn(pack, language);
  const isSame = diff.added.length + diff.removed.length + diff.changed.length === 0;
  return (
    <>
      <Panel
        title={t('preview.changes')}
        note={t('differences.layers', { layers: layers.map((layer) => layerText(layer, t)).join(' → ') })}
      >
        {isSame ? (
          <p className={classes.soft}>{t('preview.noChange')}</p>
        ) : (
          <Diff
            {...{ portalId, diff, rules, titles }}
            before={t('differences.now')}
            after={t('differences.then')}
            added={t('differences.newRules')}
            removed={t('differences.goneRules')}
            layers={() => ({ before: null, after: null })}
          />
        )}
      </Panel>
      {!isSame && <Trials {...{ portalId, rules, titles, asked: preview.backtests }} />}
      {notTried.length > 0 && (
        <Panel title={t('preview.notTried')}>
          <ul className={classes.notTried}>
            {notTried.map((ruleId) => {
              const rule = rules.find((each) => each.ruleId === ruleId);
              const why = whyNotTried(ruleId, rules, pack);
              const title =
                why.why === 'setting' ? rule?.parameters.find(({ name }) => name === why.name)?.title[language] : '';
              return (
                <li key={ruleId}>
                  <RuleName
                    {...{ portalId, ruleId, isKnown: rule !== undefined }}
                    title={titles[ruleId] ?? rule?.title[language]}
                  />
                  <span className={classes.soft}>
                    {why.why === 'setting'
                      ? t('preview.why.setting', { name: title ?? why.name })
                      : t(`preview.why.${why.why}`)}
                  </span>
                </li>
              );
            })}
          </ul>
        </Panel>
      )}
    </>
  );
}

type TrialsProps = Pick<PreviewResultProps, 'portalId' | 'rules'> & {
  titles: Readonly<Record<string, string>>;
  asked: readonly Backtest[];
};

function Trials({ portalId, rules, titles, asked }: TrialsProps) {
  const { t, language } = useSpeech();
  const newest = useBacktests(portalId).data ?? [];
  const trials = asked.map((one) => newest.find(({ backtestId }) => backtestId === one.backtestId) ?? one);
  const done = trials.filter(isOver).length;
  return (
    <Panel
      title={t('preview.trials')}
      flush={trials.length > 0}
      note={trials.length === 0 ? undefined : t('preview.trialsNote', { n: trials.length, done: String(done) })}
    >
      {trials.length === 0 ? (
        <p className={classes.soft}>{t('preview.noTrials')}</p>
      ) : (
        <DataTable label={t('preview.trials')}>
          <thead>
            <tr>
              <th scope="col">{t('preview.rule')}</th>
              <th scope="col">{t('preview.progress')}</th>
              <th scope="col">{t('preview.cases')}</th>
              <th scope="col">{t('preview.checks')}</th>
              <th scope="col">{t('preview.hours')}</th>
            </tr>
          </thead>
          <tbody>
            {trials.map((trial) => {
              const rule = rules.find(({ ruleId }) => ruleId === trial.ruleId);
              const { figures } = trial;
              const name = `${trial.ruleId} ${titles[trial.ruleId] ?? rule?.title[language] ?? ''}`;
              return (
                <tr key={trial.backtestId} data-trial={trial.ruleId} data-state={trial.state}>
                  <th scope="row" title={name}>
                    {rule === undefined ? (
                      name
                    ) : (
                      <Link
                        to="/portals/$portalId/rules"
                        params={{ portalId }}
                        search={{ rule: trial.ruleId, backtest: trial.backtestId }}
                      >
                        {name}
                      </Link>
                    )}
                  </th>
                  <td>
                    {isOver(trial) ? (
                      <span
                        title={
                          trial.errorCode === null
                            ? undefined
                            : tell(trial.errorCode, trial.errorCode, language, t).sentence
                        }
                      >
                        {t(`backtest.state.${trial.state}`)}
                      </span>
                    ) : (
                      <Progress
                        className={classes.progress ?? ''}
                        value={percentDone(trial)}
                        size="sm"
                        animated={trial.state === 'running'}
                        aria-label={t('backtest.progress')}
                      />
                    )}
                  </td>
                  <td>{figures === null ? '—' : formatCount(figures.cases)}</td>
                  <td>{figures === null ? '—' : formatCount(figures.checks)}</td>
                  <td>{figures === null ? '—' : formatDecimal(figures.curatorHoursPerWeek, 1, language)}</td>
                </tr>
              );
            })}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
