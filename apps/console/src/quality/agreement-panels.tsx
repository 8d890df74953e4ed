import type { ReactNode } from 'react';
import type { AgreementOfPair } from '../api/schema.js';
import type { WeekPeriod } from '../discipline/discipline-search.js';
import { formatCount, formatDecimal, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ruleIdAndText } from '../queue/case-words.js';
import { useRules } from '../queue/use-cases.js';
import { useAccess } from '../session/use-me.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './quality-page.module.css';
import { alikeOf, coefficientText } from './score-texts.js';
import { useAgreement } from './use-quality.js';

type Figure = Pick<AgreementOfPair, 'n' | 'counts' | 'agreement'>;

/** How far blind second verdicts agree with the first: of all, by rule, by pair, and who sees breaches more often. */
export function AgreementPanels({ portalId, period }: { portalId: string; period: WeekPeriod }) {
  const { t, language } = useSpeech();
  const { may } = useAccess();
  const agreement = useAgreement(portalId, period);
  const rules = useRules(portalId, may('rules.read', portalId)).data?.items;
  if (agreement.data === undefined) {
    return agreement.isError ? (
      <ErrorState error={agreement.error} retry={() => void agreement.refetch()} />
    ) : (
      <TableSkeleton rows={4} />
    );
  }
  const { overall, byRule, byPair, drift } = agreement.data;
  if (overall.n === 0) {
    return (
      <Panel title={t('agreement.title')} note={t('agreement.note')}>
        <p className={classes.plain}>{t('agreement.none')}</p>
      </Panel>
    );
  }
  const nameOf = ({ name }: { name: string | null }) => name ?? t('queue.colleague');
  const lines: { key: string; name: ReactNode; figure: Figure }[] = [
    { key: 'all', name: t('agreement.overall'), figure: overall },
    ...byRule.map((each) => ({ key: each.ruleId, name: ruleIdAndText(each.ruleId, rules, language), figure: each })),
    ...byPair.map((each) => ({
      key: `${each.first.accountId} ${each.second.accountId}`,
      name: `${nameOf(each.first)} — ${nameOf(each.second)}`,
      figure: each,
    })),
  ];
  return (
    <>
      <Panel title={t('agreement.title')} note={t('agreement.note')} flush>
        <CardTable label={t('agreement.title')} isDense>
          <thead>
            <tr>
              <th scope="col">{t('agreement.of')}</th>
              <th scope="col">{t('agreement.alike')}</th>
              <th scope="col">{t('agreement.observed')}</th>
              <th scope="col">{t('agreement.kappa')}</th>
              <th scope="col">{t('agreement.pabak')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, name, figure }) => (
              <AgreementLine key={key} name={name} figure={figure} />
            ))}
          </tbody>
        </CardTable>
      </Panel>
      {drift.length > 0 && (
        <Panel title={t('drift.title')} note={t('drift.note')} flush>
          <CardTable label={t('drift.title')} isDense>
            <thead>
              <tr>
                <th scope="col">{t('scores.curator')}</th>
                <th scope="col">{t('drift.drift')}</th>
                <th scope="col">n</th>
              </tr>
            </thead>
            <tbody>
              {drift.map((each) => (
                <tr key={each.account.accountId}>
                  <th scope="row" data-main>
                    {nameOf(each.account)}
                  </th>
                  <td data-label={t('drift.drift')} data-nowrap>
                    {each.drift === null
                      ? t('discipline.tooFew')
                      : `${each.drift > 0 ? '+' : ''}${formatDecimal(each.drift * 100, 0, language).replace('-', '−')} ${t('drift.points')}`}
                  </td>
                  <td data-label="n">{formatCount(each.n)}</td>
                </tr>
              ))}
            </tbody>
          </CardTable>
        </Panel>
      )}
    </>
  );
}

function AgreementLine({ name, figure }: { name: ReactNode; figure: Figure }) {
  const { t, language } = useSpeech();
  const { n, agreement } = figure;
  return (
    <tr>
      <th scope="row" data-main>
        {name}
      </th>
      <td data-label={t('agreement.alike')} data-nowrap>
        {t('discipline.partOf', { part: alikeOf(figure), n })}
      </td>
      <td data-label={t('agreement.observed')} data-nowrap>
        {agreement === null ? (
          <span className={classes.soft}>{t('discipline.tooFew')}</span>
        ) : (
          formatPercent(agreement.observed, language)
        )}
      </td>
      <td data-label={t('agreement.kappa')}>{coefficientText(agreement?.kappa, language)}</td>
      <td data-label={t('agreement.pabak')}>{coefficientText(agreement?.pabak, language)}</td>
    </tr>
  );
}
