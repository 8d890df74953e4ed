import { describe, expect, it } from '@jest/globals';
import { deriveFacts } from './derived-facts.js';

const phone = (value: string) => ({ id: null, value, type: 'WORK' });

describe('what is known of a text without the text', () => {
  it('an emptied field has length 0, channels count their values', () => {
    expect(deriveFacts('deal', '1', 'title', null)).toEqual({ v: 2, length: 0 });
    expect(
      deriveFacts('lead', '1', 'phones', ['123', '+7 999 123-45-67', '8 (999) 999-99-99', '84951234567'].map(phone)),
    ).toEqual({ v: 2, length: 4, validPhone: true, validCount: 2, invalidCount: 2 });
    expect(deriveFacts('contact', '1', 'phones', null)).toEqual({
      v: 2,
      length: 0,
      validPhone: false,
      validCount: 0,
      invalidCount: 0,
    });
    expect(deriveFacts('company', '1', 'emails', ['info@romashka.ru', 'нет', 'test@test.ru'].map(phone))).toEqual({
      v: 2,
      length: 3,
      validEmail: true,
      validCount: 2,
      invalidCount: 1,
      isDummy: true,
    });
    expect(deriveFacts('company', '1', 'emails', [phone('info@romashka.ru')])).toMatchObject({ isDummy: false });
  });

  it('titles, addresses of employees and phones of calls', () => {
    expect(deriveFacts('deal', '1', 'title', 'Сделка #1')).toMatchObject({ length: 9, isDefaultTitle: true });
    expect(deriveFacts('user', '1', 'email', 'a.petrov@romashka.ru')).toEqual({
      v: 2,
      length: 20,
      isPlaceholder: false,
      validEmail: true,
      isDummy: false,
    });
    expect(deriveFacts('call', '1', 'phoneNumber', '+79991234567')).toMatchObject({ validPhone: true });
  });

  it.each([
    ['RQ_INN', '7707083893', { validInn: true }],
    ['RQ_KPP', '773601001', { validKpp: true }],
    ['RQ_KPP', '77360100', { validKpp: false }],
    ['RQ_OGRN', '1027700132195', { validOgrn: true }],
    ['RQ_OGRN', '1027700132196', { validOgrn: false }],
    ['RQ_OGRNIP', '304500116000157', { validOgrnip: true }],
    ['RQ_OGRNIP', '304500116000158', { validOgrnip: false }],
  ])('%s %s', (field, text, expected) => {
    expect(deriveFacts('requisite', '1', field, text)).toEqual({
      v: 2,
      length: text.length,
      isPlaceholder: false,
      ...expected,
    });
  });

  it('names of people say whether they are those of companies', () => {
    expect(deriveFacts('contact', '1', 'lastName', 'ООО «Ромашка»')).toMatchObject({ looksLikeCompany: true });
    expect(deriveFacts('lead', '1', 'name', 'Иван')).toMatchObject({ looksLikeCompany: false });
    expect(deriveFacts('lead', '1', 'name', 'Клиент')).toMatchObject({ isPlaceholder: true, looksLikeCompany: false });
    expect(deriveFacts('user', '1', 'name', 'Иван')).not.toHaveProperty('looksLikeCompany');
    expect(deriveFacts('company', '1', 'title', 'ООО «Ромашка»')).not.toHaveProperty('looksLikeCompany');
  });
});
