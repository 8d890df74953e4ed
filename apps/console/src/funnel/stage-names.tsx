import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import classes from './stage-names.module.css';

/** What the funnel routes say about a stage. */
export type StageRef = {
  stageId: string;
  name: string;
  semantics: 'P' | 'S' | 'F';
  rank: number | null;
  removed: boolean;
  meaning: string | null;
};

/** Meanings the console has a word for; others are shown as they were decided. */
export const meanings: Readonly<Record<string, MessageKey>> = {
  contact: 'meaning.contact',
  meeting: 'meaning.meeting',
  proposal: 'meaning.proposal',
  contract: 'meaning.contract',
  payment: 'meaning.payment',
};

/** A meaning in words. */
export function meaningName(meaning: string, t: Translate): string {
  const key = meanings[meaning];
  return key === undefined ? meaning : t(key);
}

const types: Readonly<Record<string, MessageKey>> = { P: 'stage.process', S: 'stage.won', F: 'stage.lost' };

/** A stage's type (P, S or F) in words. */
export function stageTypeName(semantics: string, t: Translate): string {
  const key = types[semantics];
  return key === undefined ? semantics : t(key);
}

/** A stage's name, and that it was removed or what it means, where that is so. */
export function StageName({ stage }: { stage: StageRef }) {
  const { t } = useSpeech();
  return (
    <span className={classes.stage} title={stage.name}>
      <span className={classes.name}>{stage.name}</span>
      {stage.meaning !== null && (
        <span className={classes.tag} title={t('stage.meaning')}>
          {meaningName(stage.meaning, t)}
        </span>
      )}
      {stage.removed && <span className={classes.tag}>{t('stage.removed')}</span>}
    </span>
  );
}

/** The stage's tone: won, lost or in process. */
export function toneOf(stage: { semantics: 'P' | 'S' | 'F' }): 'process' | 'won' | 'lost' {
  if (stage.semantics === 'S') return 'won';
  return stage.semantics === 'F' ? 'lost' : 'process';
}
