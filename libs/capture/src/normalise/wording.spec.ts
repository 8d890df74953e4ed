import { describe, expect, it } from '@jest/globals';
import { cityNameOf, companyNameOf, isDefaultTitle, isPlaceholder, looksLikeCompany } from './wording.js';

describe('placeholders', () => {
  it.each([
    ...[
      '-',
      '0',
      'тест',
      'Test',
      '...',
      'ааа',
      '111',
      '  ',
      'н/д',
      'N/A',
      'клиент',
      'Клиент',
      'Клиент 2',
      'клиент №17',
    ],
    ...['новый клиент', 'Новый Клиент.', 'тест1', 'Без имени', 'физ. лицо', 'Имя Фамилия', 'покупатель', 'ХХХ'],
  ])('"%s" is one', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });
  it.each([
    ...['Насос', 'ООО «Ромашка»', '12', 'Тестов Иван', 'а', 'Клиентов', 'Контактные линзы', '2024', 'Гостев'],
    'Заявка на насос',
  ])('"%s" is none', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

it('a default title names the object itself', () => {
  expect(isDefaultTitle('deal', '410', 'Сделка #410')).toBe(true);
  expect(isDefaultTitle('deal', '410', 'Deal 410')).toBe(true);
  expect(isDefaultTitle('deal', '410', 'Сделка #411')).toBe(false);
  expect(isDefaultTitle('contact', '1', 'Сделка #1')).toBe(false);
});

describe('names of companies where people should be', () => {
  it.each([
    ...['ООО Ромашка', 'Ромашка ООО', 'ооо «Ромашка»', 'ЗАО', 'ИП Иванов', 'ип иванов', 'ИП', 'ао «Свет»', 'АО Свет'],
    ...['Компания Свет', 'фирма «Свет»', 'Acme LLC', 'Acme Ltd.', 'Торговый дом', 'ПАО', 'OOO Romashka'],
    'Общество с ограниченной ответственностью «Свет»',
  ])('"%s" looks like one', (text) => {
    expect(looksLikeCompany(text)).toBe(true);
  });
  it.each([
    ...['Иван', 'Иванов', 'Ип', 'Филипп', 'Зоопарков', 'Компаниец', 'Фирмин', 'Инцов', 'Иван «Ваня» Петров', 'Сао'],
    ...['Lee', 'Lincoln', 'Иванов Иван Иванович', ''],
  ])('"%s" does not', (text) => {
    expect(looksLikeCompany(text)).toBe(false);
  });
});

describe('a company is the same however it is written', () => {
  it.each([
    ...[
      'ООО «Ромашка»',
      'Ромашка',
      'ромашка, ООО',
      '"РОМАШКА" ооо',
      'Общество с ограниченной ответственностью Ромашка',
    ],
    ...['АО "Ромашка"', 'ИП Ромашка', 'Ромашка LLC', '  ООО Ромашка  '],
  ])('%s', (title) => {
    expect(companyNameOf(title)).toBe('ромашка');
  });
  it('letters that look alike in haste, and words of several', () => {
    expect(companyNameOf('ООО "Тёплый  дом-2"')).toBe('теплый дом 2');
    expect(companyNameOf('Зоомир')).toBe('зоомир');
  });
  it.each(['ООО', '«»', 'ИП', 'клиент', '-'])('"%s" tells it from no other', (title) => {
    expect(companyNameOf(title)).toBeNull();
  });
  it('cities', () => {
    expect([cityNameOf('г. Орёл'), cityNameOf('Орел '), cityNameOf('город Орел'), cityNameOf('Горки')]).toEqual([
      'орел',
      'орел',
      'орел',
      'горки',
    ]);
  });
});
