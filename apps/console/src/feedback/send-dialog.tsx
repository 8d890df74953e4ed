import { Button, Modal, Radio, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { describeProblem } from '../api/problem.js';
import type { CaseCard, CaseRow, FeedbackChannel, SendFeedback } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { personText, recordText } from '../queue/case-words.js';
import { cardQuery } from '../queue/use-cases.js';
import { TableSkeleton } from '../ui/states.js';
import { channelNames, enabledChannels, isChannel } from './channels.js';
import classes from './send-dialog.module.css';
import { useChannels, useFeedbackPreview, useSendFeedback } from './use-feedback.js';
import { Written } from './written.js';

const TYPING_MS = 400;
const LONGEST_TEXT = 2000;

type SendDialogProps = { portalId: string; row: CaseRow; words: string | null; onClose: () => void };

/** Asks how, to whom and in which words feedback goes out, and shows it to the letter before it does. */
export function SendDialog({ portalId, row, words, onClose }: SendDialogProps) {
  const { t } = useSpeech();
  const channels = useChannels(portalId).data;
  const card = useQuery(cardQuery(portalId, row.caseId)).data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('send.title', { record: recordText(row.about, t) })}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
      centered
    >
      {channels === undefined || card === undefined ? (
        <TableSkeleton rows={5} />
      ) : enabledChannels(channels).length === 0 ? (
        <div className={classes.form}>
          <p>{t('said.allOff')}</p>
          <Link to="/portals/$portalId/feedback" params={{ portalId }} preload={false}>
            {t('said.switchOn')}
          </Link>
        </div>
      ) : (
        <SendForm portalId={portalId} card={card} enabled={enabledChannels(channels)} words={words} onDone={onClose} />
      )}
    </Modal>
  );
}

type Addressee = SendFeedback['to'];

/** Whom feedback can go to; nobody twice. */
function addresseesOf({ row, people }: CaseCard): { to: Addressee; person: NonNullable<CaseRow['responsible']> }[] {
  const all = [
    { to: 'responsible' as const, person: row.responsible },
    { to: 'owner' as const, person: people.owner },
    { to: 'doer' as const, person: people.doer },
    { to: 'head' as const, person: people.head },
  ];
  const seen = new Set<string>();
  return all.flatMap(({ to, person }) => {
    if (person === null || seen.has(person.userId)) return [];
    seen.add(person.userId);
    return [{ to, person }];
  });
}

type SendFormProps = {
  portalId: string;
  card: CaseCard;
  enabled: readonly FeedbackChannel[];
  words: string | null;
  onDone: () => void;
};

function SendForm({ portalId, card, enabled, words, onDone }: SendFormProps) {
  const { t, language } = useSpeech();
  const { caseId } = card.row;
  const addressees = addresseesOf(card);
  const send = useSendFeedback(portalId, caseId);
  const [channel, setChannel] = useState<FeedbackChannel>(enabled[0] ?? 'task');
  const [to, setTo] = useState<Addressee>(addressees[0]?.to ?? 'responsible');
  const [own, setOwn] = useState<string | null>(words);
  const [settled] = useDebouncedValue(own, TYPING_MS);
  const inOwnWords = (text: string | null) => (text === null || text.trim() === '' ? {} : { text: text.trim() });
  const preview = useFeedbackPreview(portalId, caseId, { channel, to, ...inOwnWords(settled) });
  const obstacle = preview.data?.obstacle ?? null;
  const isRefused = obstacle?.verdict === 'refuse' || preview.isError;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ channel, to, ...inOwnWords(own) }, { onSuccess: onDone });
      }}
    >
      <Radio.Group
        label={t('send.channel')}
        value={channel}
        onChange={(value) => setChannel(isChannel(value) ? value : channel)}
      >
        <div className={classes.channels}>
          {channelNames.map((name) => (
            <Radio
              key={name}
              value={name}
              disabled={!enabled.includes(name)}
              label={
                enabled.includes(name) ? t(`channel.${name}`) : t('send.channelOff', { name: t(`channel.${name}`) })
              }
            />
          ))}
        </div>
      </Radio.Group>
      <Select
        label={t('send.to')}
        data={addressees.map(({ to: value, person }) => ({
          value,
          label: t(`send.to.${value}`, { name: personText(person, t) }),
        }))}
        value={to}
        onChange={(value) => setTo(addressees.find((each) => each.to === value)?.to ?? to)}
        allowDeselect={false}
      />
      <Textarea
        label={t('send.text')}
        description={t('send.textNote')}
        value={own ?? preview.data?.body ?? ''}
        onChange={(event) => setOwn(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={LONGEST_TEXT}
      />
      <section>
        <h3 className={classes.name}>{t('send.written')}</h3>
        {preview.data === undefined ? (
          preview.isError ? (
            <p className={classes.obstacle}>{describeProblem(preview.error, language, t).sentence}</p>
          ) : (
            <TableSkeleton rows={3} />
          )
        ) : (
          <Written text={preview.data.written} className={classes.written} />
        )}
        {obstacle !== null && <p className={classes.obstacle}>{obstacle.sentence[language]}</p>}
      </section>
      {send.isError && <ProblemNote error={send.error} />}
      <div className={classes.actions}>
        <Button type="submit" loading={send.isPending} disabled={isRefused} data-autofocus>
          {t(obstacle?.verdict === 'hold' ? 'send.submitHeld' : 'send.submit')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        <span className={classes.soft}>{t('send.undo')}</span>
      </div>
    </form>
  );
}
