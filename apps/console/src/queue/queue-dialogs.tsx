import type { CaseCommand, FeedbackTemplate, ListedCase, SendFeedback } from '../api/schema.js';
import { SendDialog } from '../feedback/send-dialog.js';
import type { VerdictFeedback } from '../feedback/use-verdict-feedback.js';
import { BulkDialog } from './bulk-dialog.js';
import { MergeDialog } from './merge-dialog.js';
import { SnoozeDialog } from './snooze-dialog.js';
import { TemplatesDialog } from './templates-dialog.js';

/** What is asked before something is done. */
export type QueueDialog =
  | { kind: 'bulk'; rows: readonly ListedCase[]; command: CaseCommand }
  | { kind: 'snooze'; rows: readonly ListedCase[] }
  | { kind: 'merge'; row: ListedCase }
  | { kind: 'template'; row: ListedCase }
  | { kind: 'feedback'; row: ListedCase; words: string | null };

type QueueDialogsProps = {
  portalId: string;
  dialog: QueueDialog | null;
  rows: readonly ListedCase[];
  titleOf: (ruleId: string) => string;
  zone: string;
  nowMs: number;
  plan: VerdictFeedback;
  onCommand: (
    rows: readonly ListedCase[],
    command: CaseCommand,
    feedback?: SendFeedback | null,
    told?: ReadonlySet<string>,
  ) => void;
  onTemplate: (template: FeedbackTemplate) => void;
  onClose: () => void;
};

/** The open dialog of the queue. */
export function QueueDialogs(props: QueueDialogsProps) {
  const { portalId, dialog, rows, titleOf, zone, nowMs, plan, onCommand, onTemplate, onClose } = props;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'bulk':
      return (
        <BulkDialog
          portalId={portalId}
          plan={plan}
          rows={dialog.rows}
          title={titleOf(dialog.rows[0]?.ruleId ?? '')}
          command={dialog.command}
          zone={zone}
          nowMs={nowMs}
          onConfirm={(feedback, told) => onCommand(dialog.rows, dialog.command, feedback, told)}
          onClose={onClose}
        />
      );
    case 'snooze':
      return (
        <SnoozeDialog
          count={dialog.rows.length}
          zone={zone}
          onSnooze={(command) => onCommand(dialog.rows, command)}
          onClose={onClose}
        />
      );
    case 'merge':
      return (
        <MergeDialog
          row={dialog.row}
          rows={rows}
          titleOf={titleOf}
          zone={zone}
          nowMs={nowMs}
          onMerge={(into) => onCommand([dialog.row], { type: 'merge', into: into.caseId })}
          onClose={onClose}
        />
      );
    case 'template':
      return (
        <TemplatesDialog
          portalId={portalId}
          ruleId={dialog.row.ruleId}
          ruleTitle={titleOf(dialog.row.ruleId)}
          onChoose={onTemplate}
          onClose={onClose}
        />
      );
    case 'feedback':
      return <SendDialog portalId={portalId} row={dialog.row} words={dialog.words} onClose={onClose} />;
  }
}
