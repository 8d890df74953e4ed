import { Button, Select, TextInput, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { GoldCase, GoldReason, Judgement } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText, ruleIdAndText } from '../queue/case-words.js';
import { useRules } from '../queue/use-cases.js';
import { CardTable } from '../ui/card-table.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { caseIdIn, goldReasons, judgements } from './judgements.js';
import classes from './quality-page.module.css';
import { useGoldCases, useManageQuality } from './use-quality.js';

/** Cases with a reference verdict: what curators are calibrated by. */
export function GoldSet({ portalId }: { portalId: string }) {
  const { t, language } = useSpeech();
  const gold = useGoldCases(portalId, true);
  const rules = useRules(portalId).data?.items;
  const { removeGold } = useManageQuality(portalId);
  const [isAdding, setIsAdding] = useState(false);
  const [dropped, setDropped] = useState<GoldCase | null>(null);
  const heads = {
    verdict: t('gold.verdict'),
    reason: t('gold.reason'),
    by: t('gold.by'),
  };
  return (
    <Panel
      title={t('gold.title')}
      note={
        gold.data !== undefined && t('gold.note', { n: gold.data.items.length, version: String(gold.data.version) })
      }
      aside={
        <Button size="xs" variant="default" onClick={() => setIsAdding(true)}>
          {t('gold.add')}
        </Button>
      }
      flush
    >
      {gold.data === undefined ? (
        gold.isError ? (
          <ErrorState error={gold.error} retry={() => void gold.refetch()} />
        ) : (
          <TableSkeleton rows={3} />
        )
      ) : gold.data.items.length === 0 ? (
        <p className={classes.padded}>{t('gold.empty')}</p>
      ) : (
        <CardTable label={t('gold.title')} isDense>
          <thead>
            <tr>
              <th scope="col">{t('gold.case')}</th>
              <th scope="col">{heads.verdict}</th>
              <th scope="col">{heads.reason}</th>
              <th scope="col">{heads.by}</th>
              <th scope="col">
                <span className="visually-hidden">{t('gold.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {gold.data.items.map((each) => (
              <tr key={each.caseId}>
                <th scope="row" data-main>
                  <Link
                    to="/portals/$portalId/queue"
                    params={{ portalId }}
                    search={{ case: each.caseId }}
                    preload={false}
                  >
                    {recordText(each.about, t)}
                  </Link>
                  <span className={classes.soft}> · {ruleIdAndText(each.ruleId, rules, language)}</span>
                </th>
                <td data-label={heads.verdict}>{t(`verdict.short.${each.verdict}`)}</td>
                <td data-label={heads.reason}>{t(`goldReason.${each.reason}`)}</td>
                <td data-label={heads.by}>{each.by.name ?? t('queue.colleague')}</td>
                <td data-actions>
                  <UnstyledButton className={classes.textButton} onClick={() => setDropped(each)}>
                    {t('gold.remove')}
                  </UnstyledButton>
                </td>
              </tr>
            ))}
          </tbody>
        </CardTable>
      )}
      {isAdding && <AddGold portalId={portalId} onClose={() => setIsAdding(false)} />}
      {dropped !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setDropped(null)}
          title={t('gold.removeTitle')}
          confirm={t('gold.remove')}
          onConfirm={() => removeGold.mutate(dropped.caseId, { onSuccess: () => setDropped(null) })}
          isPending={removeGold.isPending}
          error={removeGold.error}
        >
          {t('gold.removeText', { what: recordText(dropped.about, t) })}
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function AddGold({ portalId, onClose }: { portalId: string; onClose: () => void }) {
  const { t } = useSpeech();
  const { setGold } = useManageQuality(portalId);
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<Judgement | null>(null);
  const [reason, setReason] = useState<GoldReason | null>(null);
  const [isTold, setIsTold] = useState(false);
  const caseId = caseIdIn(text);
  return (
    <FormDialog
      title={t('gold.add')}
      submit={t('gold.submit')}
      onClose={onClose}
      isPending={setGold.isPending}
      error={setGold.error}
      onSubmit={() => {
        setIsTold(true);
        if (caseId === null || verdict === null || reason === null) return;
        setGold.mutate({ caseId, verdict, reason }, { onSuccess: onClose });
      }}
    >
      <p>{t('gold.what')}</p>
      <TextInput
        data-autofocus
        label={t('gold.address')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={isTold && caseId === null && t('gold.addressMissing')}
        autoComplete="off"
        maxLength={500}
      />
      <Select
        label={t('gold.verdict')}
        data={judgements.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        value={verdict}
        onChange={(value) => setVerdict(judgements.find((each) => each === value) ?? null)}
        error={isTold && verdict === null && t('gold.verdictMissing')}
      />
      <Select
        label={t('gold.reason')}
        data={goldReasons.map((value) => ({ value, label: t(`goldReason.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(goldReasons.find((each) => each === value) ?? null)}
        error={isTold && reason === null && t('gold.reasonMissing')}
      />
    </FormDialog>
  );
}
