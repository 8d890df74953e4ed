import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Checklist } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { CardTable } from '../ui/card-table.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { isComplete, MOST_ITEMS, moved, newItem } from './checklist-draft.js';
import { ChecklistItemEditor } from './checklist-item-editor.js';
import classes from './quality-page.module.css';
import { useChecklists, useManageQuality } from './use-quality.js';

/** What audits look at: items, what behaviour earns which points, weights, and what fails by itself. */
export function ChecklistsPanel({ portalId, mayManage }: { portalId: string; mayManage: boolean }) {
  const { t, language } = useSpeech();
  const checklists = useChecklists(portalId, true);
  return (
    <Panel title={t('checklists.title')} note={t('checklists.note')}>
      {checklists.data === undefined ? (
        checklists.isError ? (
          <ErrorState error={checklists.error} retry={() => void checklists.refetch()} />
        ) : (
          <TableSkeleton rows={4} />
        )
      ) : (
        <div className={classes.stack}>
          {checklists.data.map((checklist) => (
            <details key={checklist.kind} className={classes.checklist}>
              <summary>
                <b>{checklist.title[language]}</b>{' '}
                <span className={classes.soft}>
                  {t('checklists.summary', {
                    n: checklist.items.length,
                    mark: String(checklist.passMark),
                    version: String(checklist.version),
                  })}
                </span>
              </summary>
              <ChecklistForm key={checklist.version} portalId={portalId} checklist={checklist} mayManage={mayManage} />
            </details>
          ))}
        </div>
      )}
    </Panel>
  );
}

function ChecklistForm({
  portalId,
  checklist,
  mayManage,
}: {
  portalId: string;
  checklist: Checklist;
  mayManage: boolean;
}) {
  const { t, language } = useSpeech();
  const { setChecklist } = useManageQuality(portalId);
  const [passMark, setPassMark] = useState<number | string>(checklist.passMark);
  const [items, setItems] = useState(checklist.items);
  const isSound = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100;
  const isChanged = passMark !== checklist.passMark || JSON.stringify(items) !== JSON.stringify(checklist.items);
  const change = (itemId: string, by: Partial<Checklist['items'][number]>) =>
    setItems(items.map((item) => (item.itemId === itemId ? { ...item, ...by } : item)));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSound(passMark)) return;
        setChecklist.mutate({ kind: checklist.kind, body: { title: checklist.title, passMark, items } });
      }}
    >
      <CardTable label={checklist.title[language]} isDense>
        <thead>
          <tr>
            <th scope="col">{t('checklists.item')}</th>
            <th scope="col">{t('checklists.weight')}</th>
            <th scope="col">{t('auditSheet.autoFail')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, at) => (
            <tr key={item.itemId}>
              <th scope="row" data-main>
                {item.title[language] === '' ? t('checklists.newItem') : item.title[language]}
                <ol className={classes.anchors} start={0}>
                  {item.anchors.map((anchor, points) => (
                    <li key={points}>{anchor[language]}</li>
                  ))}
                </ol>
                {mayManage && (
                  <ChecklistItemEditor
                    item={item}
                    isFirst={at === 0}
                    isLast={at === items.length - 1}
                    isOnly={items.length === 1}
                    onChange={(by) => change(item.itemId, by)}
                    onMove={(step) => setItems(moved(items, item.itemId, step))}
                    onRemove={() => setItems(items.filter(({ itemId }) => itemId !== item.itemId))}
                  />
                )}
              </th>
              <td data-label={t('checklists.weight')}>
                {mayManage ? (
                  <NumberInput
                    size="xs"
                    className={classes.weight ?? ''}
                    aria-label={`${t('checklists.weight')}: ${item.title[language]}`}
                    value={item.weight}
                    min={1}
                    max={100}
                    allowDecimal={false}
                    onChange={(weight) => isSound(weight) && change(item.itemId, { weight })}
                  />
                ) : (
                  item.weight
                )}
              </td>
              <td data-label={t('auditSheet.autoFail')}>
                <Checkbox
                  size="xs"
                  aria-label={`${t('auditSheet.autoFail')}: ${item.title[language]}`}
                  checked={item.isAutoFail}
                  disabled={!mayManage}
                  onChange={(event) => change(item.itemId, { isAutoFail: event.currentTarget.checked })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </CardTable>
      {mayManage && (
        <>
          <div>
            <Button
              size="xs"
              variant="default"
              disabled={items.length >= MOST_ITEMS}
              onClick={() => setItems([...items, newItem(items)])}
            >
              {t('checklists.add')}
            </Button>
          </div>
          <NumberInput
            className={classes.number ?? ''}
            size="xs"
            label={t('checklists.passMark')}
            value={passMark}
            onChange={setPassMark}
            min={1}
            max={100}
            suffix=" %"
            allowDecimal={false}
          />
          {setChecklist.error !== null && <ProblemNote error={setChecklist.error} />}
          <div className={classes.saveLine}>
            <Button
              type="submit"
              size="xs"
              disabled={!isChanged || !isSound(passMark) || !items.every(isComplete)}
              loading={setChecklist.isPending}
            >
              {t('checklists.save')}
            </Button>
            <span className={classes.soft}>
              {t('checklists.nextVersion', { now: String(checklist.version), next: String(checklist.version + 1) })}{' '}
              {t('checklists.versions')}
            </span>
          </div>
        </>
      )}
    </form>
  );
}
