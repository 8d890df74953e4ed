import { TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Checklist } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { isComplete, LEAST_ANCHORS, MOST_ANCHORS } from './checklist-draft.js';
import classes from './quality-page.module.css';

type Item = Checklist['items'][number];
type Words = Item['title'];

const LONGEST = 300;
const languages = ['ru', 'en'] as const;

type ChecklistItemEditorProps = {
  item: Item;
  isFirst: boolean;
  isLast: boolean;
  isOnly: boolean;
  onChange: (change: Partial<Item>) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** Texts of an item in both languages, its place, and whether it stays. */
export function ChecklistItemEditor(props: ChecklistItemEditorProps) {
  const { item, isFirst, isLast, isOnly, onChange, onMove, onRemove } = props;
  const { t } = useSpeech();
  const { title, anchors } = item;
  // It does not close under one's hands with the last text.
  const [isNew] = useState(!isComplete(item));
  const setAnchor = (at: number, words: Words) =>
    onChange({ anchors: anchors.map((anchor, index) => (index === at ? words : anchor)) });
  return (
    <details className={classes.itemEditor} open={isNew || undefined}>
      <summary>{t('checklists.edit')}</summary>
      <div className={classes.itemFields}>
        <WordsFields name={t('checklists.itemTitle')} words={title} onChange={(words) => onChange({ title: words })} />
        {anchors.map((anchor, points) => (
          <WordsFields
            key={points}
            name={t('checklists.anchor', { n: points })}
            words={anchor}
            onChange={(words) => setAnchor(points, words)}
          />
        ))}
        <div className={classes.itemActions}>
          <UnstyledButton
            className={classes.textButton}
            disabled={anchors.length >= MOST_ANCHORS}
            onClick={() => onChange({ anchors: [...anchors, { ru: '', en: '' }] })}
          >
            {t('checklists.addAnchor')}
          </UnstyledButton>
          <UnstyledButton
            className={classes.textButton}
            disabled={anchors.length <= LEAST_ANCHORS}
            onClick={() => onChange({ anchors: anchors.slice(0, -1) })}
          >
            {t('checklists.dropAnchor')}
          </UnstyledButton>
          <UnstyledButton className={classes.textButton} disabled={isFirst} onClick={() => onMove(-1)}>
            {t('checklists.up')}
          </UnstyledButton>
          <UnstyledButton className={classes.textButton} disabled={isLast} onClick={() => onMove(1)}>
            {t('checklists.down')}
          </UnstyledButton>
          <UnstyledButton className={classes.textButton} disabled={isOnly} onClick={onRemove}>
            {t('checklists.remove')}
          </UnstyledButton>
        </div>
      </div>
    </details>
  );
}

function WordsFields({ name, words, onChange }: { name: string; words: Words; onChange: (words: Words) => void }) {
  const { t } = useSpeech();
  return (
    <div className={classes.itemWords}>
      {languages.map((language) => (
        <TextInput
          key={language}
          size="xs"
          label={`${name}, ${t(`checklists.in.${language}`)}`}
          value={words[language]}
          maxLength={LONGEST}
          autoComplete="off"
          error={words[language].trim() === '' && t('checklists.textMissing')}
          onChange={(event) => onChange({ ...words, [language]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
