import { answerOf, api } from '../api/client.js';
import type { MotivationScheme } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { SheetDialog } from '../sheets/sheet-dialog.js';

type DialogProps = {
  portalId: string;
  /** What the sheet is compared with; null for a new scheme. */
  schemeId: string | null;
  onUse: (scheme: MotivationScheme, sellerIds: readonly string[]) => void;
  onClose: () => void;
};

/** A scheme from a workbook, into the fields of the editor. */
export function SchemeSheetDialog({ portalId, schemeId, onUse, onClose }: DialogProps) {
  const { t } = useSpeech();
  const path = { portalId };
  return (
    <SheetDialog
      title={t('sheet.schemeTitle')}
      fileName="scheme.xlsx"
      use={t('sheet.useScheme')}
      check={async (cells) => {
        const imported = await answerOf(
          api.POST('/api/v1/portals/{portalId}/scheme-import', { params: { path }, body: { cells, schemeId } }),
        );
        const { scheme, sellerIds, errors, changes } = imported;
        return { thing: scheme && { scheme, sellerIds }, errors, changes };
      }}
      sheet={async () => {
        const query = schemeId === null ? {} : { schemeId };
        return (await answerOf(api.GET('/api/v1/portals/{portalId}/scheme-sheet', { params: { path, query } }))).cells;
      }}
      onUse={({ scheme, sellerIds }) => onUse(scheme, sellerIds)}
      onClose={onClose}
    />
  );
}
