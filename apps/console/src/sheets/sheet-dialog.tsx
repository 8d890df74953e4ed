import { Button, FileButton, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { CellError, SheetChange } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { DataTable } from '../ui/data-table.js';
import { type Cell, cellsOf } from './cells-of-file.js';
import { cellErrorWords } from './sheet-words.js';
import classes from './sheet-dialog.module.css';

/** What became of a sheet: what is wrong with it, what it would change, and the thing itself where nothing is wrong. */
type SheetOutcome<Thing> = {
  thing: Thing | null;
  errors: readonly CellError[];
  changes: readonly SheetChange[];
};

type DialogProps<Thing> = {
  title: string;
  /** Asks the API what a sheet comes to; nothing is kept. */
  check: (cells: Cell[][]) => Promise<SheetOutcome<Thing>>;
  /** Cells of a sheet to fill in, or of what is known. */
  sheet: () => Promise<(string | number | boolean | null)[][]>;
  fileName: string;
  /** What using it does. */
  use: string;
  onUse: (thing: Thing) => void;
  onClose: () => void;
};

/** Reads a workbook, tells what is wrong by cell or what it would change, and uses it only when told to. */
export function SheetDialog<Thing>({ title, check, sheet, fileName, use, onUse, onClose }: DialogProps<Thing>) {
  const { t } = useSpeech();
  const reading = useMutation({ mutationFn: async (file: File) => check(await cellsOf(file)) });
  const writing = useMutation({
    mutationFn: async () => {
      const { default: writeExcelFile } = await import('write-excel-file/browser');
      const cells = await sheet();
      await writeExcelFile(cells, { columns: [{ width: 30 }, { width: 22 }, { width: 22 }, { width: 22 }] }).toFile(
        fileName,
      );
    },
  });
  const { data } = reading;
  const thing = data?.thing ?? null;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} size="lg" centered>
      <div className={classes.body}>
        <p className={classes.soft}>{t('sheet.text')}</p>
        <div className={classes.actions}>
          <FileButton
            accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={(file) => file !== null && reading.mutate(file)}
          >
            {(props) => (
              <Button {...props} size="xs" loading={reading.isPending} data-autofocus>
                {t('sheet.choose')}
              </Button>
            )}
          </FileButton>
          <Button size="xs" variant="default" loading={writing.isPending} onClick={() => writing.mutate()}>
            {t('sheet.download')}
          </Button>
        </div>
        {[reading, writing].map(({ error }, place) => error && <ProblemNote key={place} error={error} />)}
        {data !== undefined && data.errors.length > 0 && (
          <>
            <p role="alert" className={classes.wrong}>
              {t('sheet.wrong', { n: data.errors.length })}
            </p>
            <DataTable label={t('sheet.wrong', { n: data.errors.length })}>
              <tbody>
                {data.errors.map((error, place) => (
                  <tr key={place}>
                    <th scope="row">{error.cell}</th>
                    <td className={classes.said}>{cellErrorWords(error, t)}</td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          </>
        )}
        {thing !== null && data !== undefined && (
          <>
            <p role="status" className={classes.soft}>
              {data.changes.length === 0 ? t('sheet.same') : t('sheet.changes', { n: data.changes.length })}
            </p>
            {data.changes.length > 0 && (
              <DataTable label={t('sheet.changes', { n: data.changes.length })}>
                <thead>
                  <tr>
                    <th scope="col">{t('sheet.what')}</th>
                    <th scope="col">{t('sheet.before')}</th>
                    <th scope="col">{t('sheet.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.changes.map(({ label, before, after }) => (
                    <tr key={label}>
                      <th scope="row">{label}</th>
                      <td>{before ?? '—'}</td>
                      <td>{after ?? '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </DataTable>
            )}
            <div className={classes.actions}>
              <Button size="xs" onClick={() => onUse(thing)}>
                {use}
              </Button>
              <Button size="xs" variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
