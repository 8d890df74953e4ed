import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { RuleView, Silence } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { usePeople } from '../people/use-people.js';
import { recordText, ruleIdAndText } from '../queue/case-words.js';
import { useAccess } from '../session/use-me.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './rules-page.module.css';
import { SilenceDialog, silenceReasons } from './silence-dialog.js';
import { useManageRules } from './use-rules.js';

type SilencesPanelProps = {
  portalId: string;
  silences: readonly Silence[];
  rules: readonly RuleView[];
  zone: string;
  mayManage: boolean;
};

/** Which cases are kept silent, until when and why. */
export function SilencesPanel({ portalId, silences, rules, zone, mayManage }: SilencesPanelProps) {
  const { t, language } = useSpeech();
  const mayReadPeople = useAccess().may('people.read', portalId);
  const people = usePeople(portalId, { isWanted: mayReadPeople }).data?.items ?? [];
  const { endSilence } = useManageRules(portalId);
  const [isAsking, setIsAsking] = useState(false);
  const [ended, setEnded] = useState<Silence | null>(null);
  const now = new Date().toISOString();
  const lasting = silences.filter(({ until }) => until > now);
  const nameOf = (userId: string) =>
    people.find((person) => person.userId === userId)?.name ?? t('seller.nameless', { id: userId });
  const textOf = ({ ruleId, userId, about }: Silence) =>
    [
      ruleId === '' ? null : ruleIdAndText(ruleId, rules, language),
      userId === '' ? null : nameOf(userId),
      about === '' ? null : recordText(about, t),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  const reasonOf = (reason: string) => {
    const known = silenceReasons.find((each) => each === reason);
    return known === undefined ? reason : t(`silence.${known}`);
  };
  return (
    <Panel
      id="silences"
      title={t('silences.title')}
      note={t('silences.note')}
      aside={
        mayManage && (
          <Button size="xs" variant="default" onClick={() => setIsAsking(true)}>
            {t('silences.new')}
          </Button>
        )
      }
    >
      {lasting.length === 0 ? (
        <p className={classes.soft}>{t('silences.none')}</p>
      ) : (
        <ul className={classes.silences}>
          {lasting.map((silence) => (
            <li key={silence.silenceId}>
              <span>
                <b>{textOf(silence)}</b>
                <span className={classes.soft}>
                  {' '}
                  {t('silences.until', { at: formatInstant(silence.until, zone, language) })},{' '}
                  {reasonOf(silence.reason)}
                </span>
              </span>
              {mayManage && (
                <UnstyledButton className={classes.reset} onClick={() => setEnded(silence)}>
                  {t('silences.end')}
                </UnstyledButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {isAsking && (
        <SilenceDialog
          portalId={portalId}
          rules={rules}
          people={people.flatMap(({ userId, name }) => (userId === null ? [] : [{ userId, name: name ?? userId }]))}
          zone={zone}
          onClose={() => setIsAsking(false)}
        />
      )}
      {ended !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setEnded(null)}
          title={t('silences.endTitle')}
          confirm={t('silences.end')}
          onConfirm={() => endSilence.mutate(ended.silenceId, { onSuccess: () => setEnded(null) })}
          isPending={endSilence.isPending}
          error={endSilence.error}
        >
          {t('silences.endText', { what: textOf(ended) })}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
