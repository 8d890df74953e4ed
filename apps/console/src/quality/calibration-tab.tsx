import { Button, Progress } from '@mantine/core';
import type { Calibration } from '../api/schema.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { useAccess } from '../session/use-me.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { BlindCase } from './blind-case.js';
import { GoldSet } from './gold-set.js';
import classes from './quality-page.module.css';
import { coefficientText } from './score-texts.js';
import { useCalibrate, useCalibration } from './use-quality.js';

/** A run over gold cases, and how the last one agreed with the references. */
export function CalibrationTab({ portalId, zone }: { portalId: string; zone: string }) {
  const { t } = useSpeech();
  const { may } = useAccess();
  const calibration = useCalibration(portalId, true);
  const { start, judge } = useCalibrate(portalId);
  if (calibration.data === undefined) {
    return calibration.isError ? (
      <ErrorState error={calibration.error} retry={() => void calibration.refetch()} />
    ) : (
      <TableSkeleton rows={6} />
    );
  }
  const { run } = calibration.data;
  if (run !== null) {
    return (
      <BlindCase
        portalId={portalId}
        caseId={run.caseId}
        zone={zone}
        head={
          <div className={classes.progress}>
            <b data-run={`${run.done}/${run.total}`}>{t('calibration.progress', { at: run.done + 1, n: run.total })}</b>
            <Progress
              className={classes.progressBar ?? ''}
              size="sm"
              value={(run.done / run.total) * 100}
              aria-label={t('calibration.run')}
            />
            <span className={classes.soft}>{t('calibration.blind')}</span>
          </div>
        }
        isSending={judge.isPending}
        error={judge.error}
        outcome={null}
        onVerdict={(verdict) => judge.mutate({ caseId: run.caseId, verdict })}
        onNext={null}
      />
    );
  }
  return (
    <>
      <Panel title={t('calibration.title')} note={t('calibration.note')}>
        <div className={classes.stack}>
          <Result calibration={calibration.data} />
          {start.error !== null && <ProblemNote error={start.error} />}
          <div>
            <Button size="xs" loading={start.isPending} onClick={() => start.mutate()}>
              {t(calibration.data.result.n === 0 ? 'calibration.start' : 'calibration.again')}
            </Button>
          </div>
        </div>
      </Panel>
      {may('rules.manage', portalId) && <GoldSet portalId={portalId} />}
    </>
  );
}

function Result({ calibration }: { calibration: Calibration }) {
  const { t, language } = useSpeech();
  const { n, kappa, pabak, observed, isInTraining } = calibration.result;
  if (n === 0) {
    return (
      <p className={classes.plain}>
        {t('calibration.none')} {calibration.isRequired && t('calibration.required')}
      </p>
    );
  }
  const figures = [
    { name: t('agreement.kappa'), value: coefficientText(kappa, language) },
    { name: t('agreement.pabak'), value: coefficientText(pabak, language) },
    { name: t('agreement.observed'), value: observed === null ? '—' : formatPercent(observed, language) },
    { name: t('calibration.n'), value: String(n) },
  ];
  return (
    <>
      <p className={classes.state} data-good={!isInTraining || undefined} role="status">
        {t(isInTraining ? 'calibration.inTraining' : 'calibration.calibrated')}
        {isInTraining && calibration.isRequired && ` ${t('calibration.required')}`}
      </p>
      <dl className={classes.figures}>
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.soft}>{t(kappa === null ? 'calibration.noKappa' : 'calibration.threshold')}</p>
    </>
  );
}
