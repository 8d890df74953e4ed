import { describe, expect, it } from '@jest/globals';
import { deriveFacts, isDefaultTitle, isPlaceholder, isValidEmail, isValidInn, isValidPhone } from './derived-facts.js';

describe('what is known of a text without the text', () => {
  it.each(['-', '0', 'тест', 'Test', '...', 'ааа', '111', '  ', 'н/д'])('"%s" is a placeholder', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });
  it.each(['Насос', 'ООО «Ромашка»', '12', 'Тестов Иван', 'а'])('"%s" is none', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it.each(['+7 (999) 123-45-67', '89991234567', '+375 29 123-45-67'])('%s is a phone', (text) => {
    expect(isValidPhone(text)).toBe(true);
  });
  it.each(['12345', '+7 (000) 000-00-00', 'позвонить вечером', '1111111111', '12345678901234567'])(
    '%s is no phone',
    (text) => {
      expect(isValidPhone(text)).toBe(false);
    },
  );

  it('e-mails', () => {
    expect(['a@b.ru', 'имя@почта.рф'].every(isValidEmail)).toBe(true);
    expect(['a@b', 'a b@c.ru', '@c.ru', 'нет'].some(isValidEmail)).toBe(false);
  });

  it.each(['7707083893', '500100732259'])('%s is a valid INN', (inn) => {
    expect(isValidInn(inn)).toBe(true);
  });
  it.each(['7707083894', '500100732258', '0000000000', '77070838931', ''])('%s is no INN', (inn) => {
    expect(isValidInn(inn)).toBe(false);
  });

  it('a default title names the object itself', () => {
    expect(isDefaultTitle('deal', '410', 'Сделка #410')).toBe(true);
    expect(isDefaultTitle('deal', '410', 'Deal 410')).toBe(true);
    expect(isDefaultTitle('deal', '410', 'Сделка #411')).toBe(false);
    expect(isDefaultTitle('contact', '1', 'Сделка #1')).toBe(false);
  });

  it('an emptied field has length 0, channels count their values', () => {
    expect(deriveFacts('deal', '1', 'title', null)).toEqual({ v: 1, length: 0 });
    expect(deriveFacts('lead', '1', 'phones', [{ value: '123' }, { value: '+7 999 123-45-67' }])).toEqual({
      v: 1,
      length: 2,
      validPhone: true,
    });
    expect(deriveFacts('requisite', '1', 'RQ_INN', '7707083893')).toMatchObject({ validInn: true });
    expect(deriveFacts('deal', '1', 'title', 'Сделка #1')).toMatchObject({ length: 9, isDefaultTitle: true });
  });
});
