import { UnstyledButton } from '@mantine/core';
import type { PortalMessage } from '../api/schema.js';
import { describeProblem } from '../api/problem.js';
import { formatInstantExact } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { useNow } from '../queue/use-now.js';
import classes from './message-line.module.css';
import { messageStanding, offersRetry } from './message-standing.js';
import { useManageMessage } from './use-feedback.js';

const SECOND_MS = 1000;
const CLOCK_MS = 30_000;

type MessageProps = { portalId: string; message: PortalMessage; zone: string };

/** What has become of a message, with why it was kept back. */
export function MessageState({ message, zone }: Omit<MessageProps, 'portalId'>) {
  const { t, language } = useSpeech();
  const nowMs = useNow(message.state === 'waiting' ? SECOND_MS : CLOCK_MS);
  const { says, tone, at, seconds } = messageStanding(message, nowMs);
  const text = t(says, {
    ...(at !== null && { at: formatMoment(at, zone, language, nowMs) }),
    ...(seconds !== null && { n: seconds }),
  });
  const isTold = message.sentence !== null && message.state !== 'sent' && message.state !== 'cancelled';
  return (
    <>
      <span
        className={classes.state}
        data-tone={tone}
        title={at === null ? undefined : formatInstantExact(at, zone, language)}
      >
        {text}
      </span>
      {isTold && <span className={classes.reason}>{message.sentence?.[language]}</span>}
    </>
  );
}

/** Takes a message back while it has not left, or has it sent again; nothing where neither is possible. */
export function MessageActions({ portalId, message }: Omit<MessageProps, 'zone'>) {
  const { t, language } = useSpeech();
  const { cancel, retry } = useManageMessage(portalId, message);
  const error = cancel.error ?? retry.error;
  const mayCancel = message.mayCancel && message.caseId !== null;
  const mayRetry = offersRetry(message);
  if (!mayCancel && !mayRetry && error === null) return null;
  return (
    <span className={classes.actions}>
      {mayCancel && (
        <UnstyledButton className={classes.action} disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('message.cancel')}
        </UnstyledButton>
      )}
      {mayRetry && (
        <UnstyledButton className={classes.action} disabled={retry.isPending} onClick={() => retry.mutate()}>
          {t(message.state === 'held' ? 'message.send' : 'message.retry')}
        </UnstyledButton>
      )}
      {error !== null && (
        <span className={classes.problem} role="alert">
          {describeProblem(error, language, t).sentence}
        </span>
      )}
    </span>
  );
}
