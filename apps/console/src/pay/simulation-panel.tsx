import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MotivationScheme, SchemeSimulation } from '../api/schema.js';
import { addMonths, formatMonth } from '../format/dates.js';
import { formatCount, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { DataTable } from '../ui/data-table.js';
import { KeyFigures } from '../ui/key-figures.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { percentOfShare } from './scheme-draft.js';
import { useSimulation } from './use-schemes.js';

type SimulationProps = {
  portalId: string;
  month: string;
  /** Null while it cannot be read yet. */
  scheme: MotivationScheme | null;
  sellerIds: readonly string[];
};

/** Tries a scheme on recorded months: the budget, who wins and loses, who stands near a bound, what the budget hangs on. */
export function SimulationPanel({ portalId, month, scheme, sellerIds }: SimulationProps) {
  const { t, language } = useSpeech();
  const simulation = useSimulation(portalId);
  const [from, setFrom] = useState(addMonths(month, -3));
  const [to, setTo] = useState(addMonths(month, -1));
  const money = (kopecks: string | bigint) => formatMoney(BigInt(kopecks), scheme?.currency ?? 'RUB', language);
  return (
    <Panel title={t('scheme.simulation')} note={t('scheme.simulationNote')}>
      <form
        className={classes.trial}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (scheme !== null) simulation.mutate({ scheme, sellerIds: [...sellerIds], from, to });
        }}
      >
        <TextInput
          size="xs"
          type="month"
          label={t('scheme.since')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="month"
          label={t('scheme.until')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={scheme === null} loading={simulation.isPending}>
          {t('scheme.try')}
        </Button>
      </form>
      {scheme === null && <p className={classes.soft}>{t('scheme.tryLater')}</p>}
      {simulation.error && <ProblemNote error={simulation.error} />}
      {simulation.data !== undefined && <Outcome outcome={simulation.data} money={money} />}
    </Panel>
  );
}

type OutcomeProps = { outcome: SchemeSimulation; money: (kopecks: string | bigint) => string };

function Outcome({ outcome, money }: OutcomeProps) {
  const { t, language } = useSpeech();
  const { budgetKopecks, paidKopecks, soldKopecks, months, people, thresholds, sensitivity, planless } = outcome;
  const signed = (kopecks: string) => `${BigInt(kopecks) > 0n ? '+' : ''}${money(kopecks)}`;
  const tone = (kopecks: string | null) =>
    kopecks === null || kopecks === '0' ? undefined : kopecks.startsWith('-') ? classes.loses : classes.gain;
  const share = (part: string, whole: string) =>
    whole === '0' ? null : formatPercent(Number((BigInt(part) * 10_000n) / BigInt(whole)) / 10_000, language);
  const ofSales = share(budgetKopecks, soldKopecks);
  const budgetAt = (what: string, percent: number) =>
    sensitivity.find((one) => one.what === what && one.percent === percent)?.kopecks;
  const percents = [...new Set(sensitivity.map(({ percent }) => percent))];
  return (
    <div className={classes.outcome}>
      <KeyFigures
        figures={[
          { name: t('scheme.budget'), value: money(budgetKopecks) },
          { name: t('scheme.paidThen'), value: paidKopecks === null ? '—' : money(paidKopecks) },
          ...(ofSales === null ? [] : [{ name: t('scheme.ofSales'), value: ofSales }]),
        ]}
      />
      {planless > 0 && <p className={classes.soft}>{t('scheme.planless', { n: planless })}</p>}
      <h3>{t('scheme.people')}</h3>
      <DataTable label={t('scheme.people')}>
        <thead>
          <tr>
            <th scope="col">{t('plan.seller')}</th>
            <th scope="col">{t('scheme.byThis')}</th>
            <th scope="col">{t('scheme.paidThen')}</th>
            <th scope="col">{t('scheme.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ userId, name, kopecks, paidKopecks: paid, differenceKopecks }) => (
            <tr key={userId}>
              <th scope="row">{name ?? t('seller.nameless', { id: userId })}</th>
              <td>{money(kopecks)}</td>
              <td>{paid === null ? '—' : money(paid)}</td>
              <td className={tone(differenceKopecks)}>
                {differenceKopecks === null ? '—' : signed(differenceKopecks)}
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      <h3>{t('scheme.byMonths')}</h3>
      <DataTable label={t('scheme.byMonths')}>
        <thead>
          <tr>
            <th scope="col">{t('scheme.month')}</th>
            <th scope="col">{t('scheme.byThis')}</th>
            <th scope="col">{t('scheme.paidThen')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}>
              <th scope="row">{formatMonth(month.month, language)}</th>
              <td>{money(month.kopecks)}</td>
              <td>{month.paidKopecks === null ? '—' : money(month.paidKopecks)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {thresholds.length > 0 && (
        <>
          <h3>{t('scheme.nearBounds')}</h3>
          <p className={classes.soft}>{t('scheme.nearBoundsNote')}</p>
          <DataTable label={t('scheme.nearBounds')}>
            <thead>
              <tr>
                <th scope="col">{t('scheme.bound')}</th>
                <th scope="col">{t('scheme.justBelow')}</th>
                <th scope="col">{t('scheme.justAbove')}</th>
              </tr>
            </thead>
            <tbody>
              {thresholds.map(({ of, from, justBelow, justAbove }) => (
                <tr key={`${of} ${from}`}>
                  <th scope="row">{t(`scheme.boundOf.${of}`, { from: `${percentOfShare(from)}\u00a0%` })}</th>
                  <td>{formatCount(justBelow)}</td>
                  <td>{formatCount(justAbove)}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </>
      )}
      <h3>{t('scheme.sensitivity')}</h3>
      <DataTable label={t('scheme.sensitivity')}>
        <thead>
          <tr>
            <th scope="col">{t('scheme.ifChanged')}</th>
            {percents.map((percent) => (
              <th key={percent} scope="col">
                {percent > 0 ? '+' : '−'}
                {Math.abs(percent)} %
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['sales', 'actions'] as const).map((what) => (
            <tr key={what}>
              <th scope="row">{t(`scheme.if.${what}`)}</th>
              {percents.map((percent) => (
                <td key={percent}>{money(budgetAt(what, percent) ?? '0')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}
