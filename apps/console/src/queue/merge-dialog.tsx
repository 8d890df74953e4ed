import { Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { ListedCase } from '../api/schema.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { foldText } from '../people/people-list.js';
import { personText, recordText } from './case-words.js';
import classes from './queue-dialogs.module.css';

const MOST = 40;

type MergeDialogProps = {
  row: ListedCase;
  rows: readonly ListedCase[];
  titleOf: (ruleId: string) => string;
  zone: string;
  nowMs: number;
  onMerge: (into: ListedCase) => void;
  onClose: () => void;
};

/** Asks of which case this one is a duplicate: those about the same record or of the same rule and person come first. */
export function MergeDialog({ row, rows, titleOf, zone, nowMs, onMerge, onClose }: MergeDialogProps) {
  const { t, language } = useSpeech();
  const [wanted, setWanted] = useState('');
  const words = foldText(wanted).split(/\s+/u).filter(Boolean);
  const found = rows
    .filter(({ caseId }) => caseId !== row.caseId)
    .filter((other) => {
      const text = foldText(`${recordText(other.about, t)} ${titleOf(other.ruleId)} ${other.ruleId}`);
      return words.every((word) => text.includes(word));
    })
    .map((other) => ({ other, nearness: nearnessOf(row, other) }))
    .filter(({ nearness }) => nearness > 0 || words.length > 0)
    .sort((left, right) => right.nearness - left.nearness)
    .slice(0, MOST);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('merge.title', { record: recordText(row.about, t) })}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <div className={classes.form}>
        <p className={classes.text}>{t('merge.text')}</p>
        <TextInput
          data-autofocus
          label={t('merge.find')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first !== undefined) onMerge(first.other);
          }}
          autoComplete="off"
        />
        {found.length === 0 ? (
          <p className={classes.soft}>{t('merge.nothing')}</p>
        ) : (
          <ul className={classes.list}>
            {found.map(({ other }) => (
              <li key={other.caseId}>
                <UnstyledButton className={classes.option} data-row onClick={() => onMerge(other)}>
                  <b>{recordText(other.about, t)}</b>
                  <span>{titleOf(other.ruleId)}</span>
                  <span className={classes.soft}>
                    {personText(other.responsible, t)} · {formatMoment(other.startedAt, zone, language, nowMs)}
                  </span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}

function nearnessOf(row: ListedCase, other: ListedCase): number {
  const isSamePerson = row.responsible?.userId === other.responsible?.userId;
  return (row.about === other.about ? 4 : 0) + (row.ruleId === other.ruleId && isSamePerson ? 2 : 0);
}
