import type { CaseCommand, FeedbackTemplate, ListedCase } from '../api/schema.js';
import { BulkDialog } from './bulk-dialog.js';
import { MergeDialog } from './merge-dialog.js';
import { SnoozeDialog } from './snooze-dialog.js';
import { TemplatesDialog } from './templates-dialog.js';

/** What is asked before something is done. */
export type QueueDialog =
  | { kind: 'bulk'; rows: readonly ListedCase[]; command: CaseCommand }
  | { kind: 'snooze'; rows: readonly ListedCase[] }
  | { kind: 'merge'; row: ListedCase }
  | { kind: 'template'; row: ListedCase };

type QueueDialogsProps = {
  portalId: string;
  dialog: QueueDialog | null;
  rows: readonly ListedCase[];
  titleOf: (ruleId: string) => string;
  zone: string;
  nowMs: number;
  onCommand: (rows: readonly ListedCase[], command: CaseCommand) => void;
  onTemplate: (template: FeedbackTemplate) => void;
  onClose: () => void;
};

/** The open dialog of the queue. */
export function QueueDialogs(props: QueueDialogsProps) {
  const { portalId, dialog, rows, titleOf, zone, nowMs, onCommand, onTemplate, onClose } = props;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'bulk':
      return (
        <BulkDialog
          rows={dialog.rows}
          title={titleOf(dialog.rows[0]?.ruleId ?? '')}
          command={dialog.command}
          zone={zone}
          nowMs={nowMs}
          onConfirm={() => onCommand(dialog.rows, dialog.command)}
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
  }
}
