import type { CaseCommand } from '../api/schema.js';
import type { Translate } from '../i18n/i18n.js';

/** What a command does, in words: `Настоящее нарушение`, `Отложить`. */
export function commandText(command: CaseCommand, t: Translate): string {
  switch (command.type) {
    case 'verdict':
    case 'decide-dispute':
    case 'review-blindly':
      return t(`verdict.${command.verdict}`);
    case 'snooze':
      return t('deed.snooze');
    case 'assign':
      return command.to === null ? t('deed.unassign') : t('deed.assign');
    case 'merge':
      return t('deed.merge');
    case 'close':
      return t('deed.close');
    case 'undo-verdict':
      return t('card.undoVerdict');
    case 'wake':
      return t('card.wake');
    case 'reopen':
      return t('card.reopen');
  }
}
