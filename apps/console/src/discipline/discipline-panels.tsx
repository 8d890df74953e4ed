import type { Discipline } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { SeverityMark } from '../queue/severity-mark.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import classes from './discipline-page.module.css';
import { PartOf, RateText } from './part-of.js';

type PanelProps = { portalId: string; discipline: Discipline };

const severities = ['S1', 'S2', 'S3', 'S4'] as const;

/** Verdicts by their deadline: the work of curators, not of those the cases are about. */
export function DeadlinesPanel({ portalId, discipline }: PanelProps) {
  const { t } = useSpeech();
  const heads = { inTime: t('discipline.inTime'), share: t('discipline.share'), overdue: t('discipline.overdue') };
  return (
    <Panel title={t('discipline.sla')} note={t('discipline.slaNote')} flush>
      {discipline.sla.length === 0 ? (
        <p className={classes.empty}>{t('discipline.slaNone')}</p>
      ) : (
        <CardTable label={t('discipline.sla')} isDense>
          <thead>
            <tr>
              <th scope="col">{t('discipline.severity')}</th>
              <th scope="col">{heads.inTime}</th>
              <th scope="col">{heads.share}</th>
              <th scope="col">{heads.overdue}</th>
            </tr>
          </thead>
          <tbody>
            {discipline.sla.map(({ severity, verdicts, inTime, overdue, rate }) => {
              const known = severities.find((each) => each === severity);
              return (
                <tr key={severity}>
                  <th scope="row" data-main>
                    {known === undefined ? (
                      severity
                    ) : (
                      <span className={classes.severity}>
                        <SeverityMark severity={known} /> {t(`severity.${known}`)}
                      </span>
                    )}
                  </th>
                  <td data-label={heads.inTime} data-nowrap>
                    <PartOf portalId={portalId} part={inTime} whole={verdicts} cases={null} label={severity} />
                  </td>
                  <td data-label={heads.share} data-nowrap>
                    <RateText rate={verdicts < 5 ? null : rate} n={verdicts} />
                  </td>
                  <td data-label={heads.overdue}>{overdue}</td>
                </tr>
              );
            })}
          </tbody>
        </CardTable>
      )}
    </Panel>
  );
}

/** How many deals passed each stage without a violation, a step back or a return. */
export function StagesPanel({ portalId, discipline }: PanelProps) {
  const { t } = useSpeech();
  const heads = { clean: t('discipline.clean'), share: t('discipline.share') };
  const isOnePipeline = new Set(discipline.stages.map(({ pipelineId }) => pipelineId)).size < 2;
  return (
    <Panel title={t('discipline.firstPass')} note={t('discipline.firstPassNote')} flush>
      {discipline.stages.length === 0 ? (
        <p className={classes.empty}>{t('discipline.firstPassNone')}</p>
      ) : (
        <CardTable label={t('discipline.firstPass')} isDense>
          <thead>
            <tr>
              <th scope="col">{t('discipline.stage')}</th>
              <th scope="col">{heads.clean}</th>
              <th scope="col">{heads.share}</th>
            </tr>
          </thead>
          <tbody>
            {discipline.stages.map(({ pipelineId, pipelineName, stageId, stageName, left, clean, rate }) => (
              <tr key={`${pipelineId} ${stageId}`}>
                <th scope="row" data-main>
                  {stageName ?? stageId}
                  {!isOnePipeline && <span className={classes.soft}> · {pipelineName ?? pipelineId}</span>}
                </th>
                <td data-label={heads.clean} data-nowrap>
                  <PartOf portalId={portalId} part={clean} whole={left} cases={null} label={stageName ?? stageId} />
                </td>
                <td data-label={heads.share} data-nowrap>
                  <RateText rate={left < 5 ? null : rate} n={left} />
                </td>
              </tr>
            ))}
          </tbody>
        </CardTable>
      )}
    </Panel>
  );
}
