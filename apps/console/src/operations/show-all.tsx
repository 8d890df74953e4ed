import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import classes from './show-all.module.css';

/** The first so many of a list, until all of it is asked for. */
export function useShown<Row>(rows: readonly Row[], most: number) {
  const [isWhole, setIsWhole] = useState(false);
  return {
    shown: isWhole ? rows : rows.slice(0, most),
    isWhole,
    /** Undefined where there is nothing more to show. */
    toggle: rows.length > most ? () => setIsWhole(!isWhole) : undefined,
  };
}

/** The button under a list that is not shown whole. */
export function ShowAll({
  list,
  label,
}: {
  list: { isWhole: boolean; toggle: (() => void) | undefined };
  label: string;
}) {
  const { t } = useSpeech();
  if (list.toggle === undefined) return null;
  return (
    <div className={classes.more}>
      <Button size="xs" variant="default" onClick={list.toggle} aria-expanded={list.isWhole}>
        {list.isWhole ? t('lag.less') : label}
      </Button>
    </div>
  );
}
