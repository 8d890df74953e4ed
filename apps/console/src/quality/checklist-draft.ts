import type { Checklist } from '../api/schema.js';

type Item = Checklist['items'][number];

/** Behaviours an item describes, from 0 points upwards. */
export const LEAST_ANCHORS = 2;
export const MOST_ANCHORS = 6;
export const MOST_ITEMS = 30;

/** An item with nothing said yet, under an id that no other has. */
export function newItem(items: readonly Item[]): Item {
  const taken = new Set(items.map(({ itemId }) => itemId));
  let number = items.length + 1;
  while (taken.has(`item-${number}`)) number += 1;
  const empty = () => ({ ru: '', en: '' });
  return { itemId: `item-${number}`, title: empty(), anchors: [empty(), empty()], weight: 10, isAutoFail: false };
}

/** Items with one of them a place further up or down; as they are at the ends. */
export function moved(items: readonly Item[], itemId: string, step: 1 | -1): Item[] {
  const from = items.findIndex((item) => item.itemId === itemId);
  const to = from + step;
  const next = [...items];
  const [one, other] = [items[from], items[to]];
  if (one === undefined || other === undefined) return next;
  next[from] = other;
  next[to] = one;
  return next;
}

/** Whether an item says all it has to, in both languages. */
export const isComplete = ({ title, anchors }: Item): boolean =>
  [title, ...anchors].every(({ ru, en }) => ru.trim() !== '' && en.trim() !== '');
