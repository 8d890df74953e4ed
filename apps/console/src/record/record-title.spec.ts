import { expect, it } from '@jest/globals';
import { fillMessage } from '../i18n/message.js';
import { ru } from '../i18n/ru.js';
import type { Translate } from '../i18n/i18n.js';
import { recordTitle } from './record-title.js';

const t: Translate = (key, values) => fillMessage(ru[key], 'ru', values);

it('a title that is hidden leaves kind and number', () => {
  expect(recordTitle({ kind: 'deal', id: '12', title: null }, t, true)).toBe('Сделка 12 · ••••');
  expect(recordTitle({ kind: 'odd', id: '12', title: null }, t, true)).toBe('Odd 12 · ••••');
});

it('a title that is told is shown, also among hidden ones: employees have no secret name', () => {
  expect(recordTitle({ kind: 'user', id: '7', title: 'Анна Петрова' }, t, true)).toBe('Анна Петрова');
  expect(recordTitle({ kind: 'deal', id: '12', title: 'Окна' }, t, false)).toBe('Окна');
});

it('a record without a title is told by its number', () => {
  expect(recordTitle({ kind: 'deal', id: '12', title: null }, t, false)).toBe('сделка № 12');
  expect(recordTitle({ kind: 'deal', id: '12', title: '' }, t, false)).toBe('сделка № 12');
});
