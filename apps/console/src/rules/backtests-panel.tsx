import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import { Button, Progress, Select, UnstyledButton } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import type { Backtest, RuleView } from '../api/schema.js';
import { tell } from '../api/problem.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { isOver, percentDone } from './backtest-figures.js';
import { BacktestResult, stretchText } from './backtest-result.js';
import { stretches } from './backtest-stretch.js';
import type { Stretch } from './backtest-stretch.js';
import classes from './backtests-panel.module.css';

const RECENT_SHOWN = 8;

type BacktestsPanelProps = {
  portalId: string;
  rule: RuleView;
  /** Of this rule, newest first. */
  backtests: readonly Backtest[];
  /** The one that is looked at; the newest one when left out. */
  chosenId: string | undefined;
  today: string;
  zone: string;
  mayManage: boolean;
  stretch: Stretch;
  own: [string | null, string | null];
  isAsking: boolean;
  error: Error | null;
  nameOf: (userId: string) => string;
  onStretch: (stretch: Stretch) => void;
  onOwn: (own: [string | null, string | null]) => void;
  onStart: () => void;
  onCancel: (backtestId: string) => void;
  onChoose: (backtestId: string) => void;
};

/** A rule tried on the recorded history: how far it is, what it found, and what was tried before. */
export function BacktestsPanel(props: BacktestsPanelProps) {
  const { backtests, chosenId, mayManage, rule, isAsking, error } = props;
  const { t, language } = useSpeech();
  const { stretch, own, today, onStretch, onOwn, onStart } = props;
  const shown = backtests.find(({ backtestId }) => backtestId === chosenId) ?? backtests[0];
  const isRunning = backtests.some((each) => !isOver(each));
  return (
    <div className={classes.panel}>
      {mayManage && rule.unavailable === null && (
        <div className={classes.form} role="group" aria-label={t('backtest.title')}>
          <Select
            size="xs"
            className={classes.stretch ?? ''}
            label={t('backtest.stretch')}
            data={stretches.map((each) => ({ value: each, label: t(`backtest.stretch.${each}`) }))}
            value={stretch}
            onChange={(value) => onStretch(stretches.find((each) => each === value) ?? stretch)}
            allowDeselect={false}
          />
          {stretch === 'own' && (
            <DatePickerInput
              type="range"
              size="xs"
              className={classes.days ?? ''}
              label={t('backtest.days')}
              value={own}
              onChange={onOwn}
              maxDate={today}
              locale={language}
              firstDayOfWeek={1}
              valueFormat="D MMM YYYY"
              allowSingleDateInRange
            />
          )}
          <Button
            size="xs"
            loading={isAsking}
            disabled={isRunning || (stretch === 'own' && own.includes(null))}
            onClick={onStart}
          >
            {t('backtest.start')}
          </Button>
        </div>
      )}
      {error !== null && <ProblemNote error={error} />}
      {shown === undefined ? <p className={classes.soft}>{t('backtest.none')}</p> : <Shown {...props} shown={shown} />}
      {backtests.length > 1 && <Recent {...props} shown={shown} />}
    </div>
  );
}

function Shown({ shown, ...props }: BacktestsPanelProps & { shown: Backtest }) {
  const { portalId, rule, zone, mayManage, nameOf, onCancel } = props;
  const { t, language } = useSpeech();
  if (!isOver(shown)) {
    const percent = percentDone(shown);
    return (
      <div className={classes.running}>
        <div className={classes.line} role="status">
          <span>
            {shown.state === 'waiting'
              ? t('backtest.waits')
              : t('backtest.runs', { done: shown.done, n: shown.total ?? 0 })}
          </span>
          <span className={classes.soft}>{stretchText(shown.period, language, t)}</span>
          {mayManage && (
            <Button size="compact-xs" variant="default" onClick={() => onCancel(shown.backtestId)}>
              {t('backtest.cancel')}
            </Button>
          )}
        </div>
        <Progress value={percent} size="sm" aria-label={t('backtest.progress')} animated={shown.state === 'running'} />
      </div>
    );
  }
  return (
    <>
      <p className={classes.soft}>
        {stretchText(shown.period, language, t)} ·{' '}
        {t(`backtest.over.${shown.state === 'done' ? 'done' : shown.state === 'failed' ? 'failed' : 'cancelled'}`, {
          at: shown.finishedAt === null ? '—' : formatInstant(shown.finishedAt, zone, language),
        })}
        {shown.state === 'failed' && ` ${tell(shown.errorCode, shown.errorCode, language, t).sentence}`}
      </p>
      {shown.figures !== null && (
        <BacktestResult
          portalId={portalId}
          rule={rule}
          backtest={shown}
          figures={shown.figures}
          zone={zone}
          nameOf={nameOf}
        />
      )}
    </>
  );
}

function Recent({ backtests, shown, zone, onChoose }: BacktestsPanelProps & { shown: Backtest | undefined }) {
  const { t, language } = useSpeech();
  return (
    <details className={classes.recent}>
      <summary>{t('backtest.recent', { n: backtests.length })}</summary>
      <ul className={classes.examples}>
        {backtests.slice(0, RECENT_SHOWN).map((each) => (
          <li key={each.backtestId}>
            <UnstyledButton
              className={classes.pick}
              aria-current={each.backtestId === shown?.backtestId ? 'true' : undefined}
              onClick={() => onChoose(each.backtestId)}
            >
              {formatInstant(each.requestedAt, zone, language)}
            </UnstyledButton>
            <span className={classes.soft}>
              {' '}
              {stretchText(each.period, language, t)} ·{' '}
              {each.figures === null
                ? t(`backtest.state.${each.state}`)
                : t('backtest.cases', { n: each.figures.cases })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
