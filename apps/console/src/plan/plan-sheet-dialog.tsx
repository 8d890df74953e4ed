import { answerOf, api } from '../api/client.js';
import type { PlanContent } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { SheetDialog } from '../sheets/sheet-dialog.js';

type DialogProps = {
  portalId: string;
  /** What the sheet is compared with; null for a new plan. */
  planId: string | null;
  onUse: (content: PlanContent) => void;
  onClose: () => void;
};

/** A plan from a workbook, with the conversions that stand there. */
export function PlanSheetDialog({ portalId, planId, onUse, onClose }: DialogProps) {
  const { t } = useSpeech();
  const path = { portalId };
  return (
    <SheetDialog
      title={t('sheet.planTitle')}
      fileName="plan.xlsx"
      use={t('sheet.usePlan')}
      check={async (cells) => {
        const { content, errors, changes } = await answerOf(
          api.POST('/api/v1/portals/{portalId}/plan-import', { params: { path }, body: { cells, planId } }),
        );
        return { thing: content, errors, changes };
      }}
      sheet={async () => {
        const query = planId === null ? {} : { planId };
        return (await answerOf(api.GET('/api/v1/portals/{portalId}/plan-sheet', { params: { path, query } }))).cells;
      }}
      onUse={onUse}
      onClose={onClose}
    />
  );
}
