import { expect, test } from '@jest/globals';
import { changesTitle, titleAfterChange, titleAtFirstSight, titleText } from './sealed-title.js';

const first = titleAtFirstSight('contact', { 'contact:1': 'sealed at first' });
const full = { name: 'Анна', lastName: 'Орлова', comments: 'звонить утром' };

test('the first sight speaks for every field', () => {
  expect(titleText('contact', first, [full])).toBe('Орлова Анна');
});

test('a change of the last name leaves the first name to the older text', () => {
  const after = titleAfterChange('contact', first, ['lastName', 'phones'], { 'contact:1': 'sealed later' });
  expect(titleText('contact', after, [full, { lastName: 'Белова', phones: [] }])).toBe('Белова Анна');
});

test('texts that later ones overwrite are dropped', () => {
  const deal = titleAtFirstSight('deal', { 'deal:1': 'one' });
  expect(titleAfterChange('deal', deal, ['title'], { 'deal:1': 'two' })).toEqual([
    { subject: 'deal:1', text: 'two', fields: ['title'] },
  ]);
});

test('a change of other fields leaves the title alone', () => {
  expect(changesTitle('contact', ['phones'])).toBe(false);
  expect(titleAfterChange('contact', first, ['phones'], { 'contact:1': 'x' })).toBe(first);
});

test('a destroyed key leaves nothing to read', () => {
  expect(titleText('contact', first, [null])).toBeNull();
});

test('a lead shows its title, and its person only without one', () => {
  const lead = titleAtFirstSight('lead', { 'lead:1': 'x' });
  expect(titleText('lead', lead, [{ title: 'Заявка с сайта', name: 'Пётр' }])).toBe('Заявка с сайта');
  expect(titleText('lead', lead, [{ title: '', name: 'Пётр' }])).toBe('Пётр');
});
