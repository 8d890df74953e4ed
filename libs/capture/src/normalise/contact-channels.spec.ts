import { describe, expect, it } from '@jest/globals';
import { emailAddressOf, isDummyEmail, isValidEmail, isValidPhone, phoneDigitsOf } from './contact-channels.js';

describe('phones', () => {
  it.each(['+7 (999) 123-45-67', '89991234567', '+375 29 123-45-67'])('%s is one', (text) => {
    expect(isValidPhone(text)).toBe(true);
  });
  it.each([
    ...['12345', '+7 (000) 000-00-00', 'позвонить вечером', '1111111111', '12345678901234567', '8 999 999-99-99'],
    '',
  ])('"%s" is none', (text) => {
    expect(isValidPhone(text)).toBe(false);
    expect(phoneDigitsOf(text)).toBeNull();
  });
  it.each([
    ...['+7 (999) 123-45-67', '89991234567', '8-999-123-45-67', '79991234567', '9991234567', '(999) 123 45 67'],
    ...['+7 999 123-45-67 доб. 12', '8 999 1234567 ext 5', '89991234567,12', '8(999)123-45-67#3'],
  ])('%s is the same phone', (text) => {
    expect(phoneDigitsOf(text)).toBe('79991234567');
  });
  it('phones of other countries stay what they are', () => {
    expect(phoneDigitsOf('+375 29 123-45-67')).toBe('375291234567');
    expect(phoneDigitsOf('+49 30 123456')).toBe('4930123456');
    expect(phoneDigitsOf('+1 212 555 12 34')).toBe('12125551234');
  });
});

describe('e-mails', () => {
  it('by their form', () => {
    expect(['a@b.ru', 'имя@почта.рф'].every(isValidEmail)).toBe(true);
    expect(['a@b', 'a b@c.ru', '@c.ru', 'нет'].some(isValidEmail)).toBe(false);
    expect([' A.Petrov@Romashka.RU ', 'нет'].map(emailAddressOf)).toEqual(['a.petrov@romashka.ru', null]);
  });
  it.each([
    ...['test@test.ru', 'TEST@TEST.RU', 'mail@mail.ru', 'no@no.ru', 'a@example.com', 'ivan@example.org', 'x@y.test'],
    ...['123@mail.ru', 'qwe@qwe.ru', 'no@mail.ru', 'email@email.com', 'aaa@aaa.ru', 'net@net.ru', 'test1@yandex.ru'],
    ...['anybody@mailinator.com', '111@111.ru', 'нет@нет.рф', 'test@gmail.com'],
  ])('%s is a dummy', (text) => {
    expect(isDummyEmail(text)).toBe(true);
  });
  it.each([
    ...['romashka@romashka.ru', 'info@mail.ru', 'ivanov@mail.ru', 'test@romashka.ru', 'a.petrov@gmail.com', 'нет', ''],
    ...['testov@yandex.ru', 'mail@romashka.ru', 'user@romashka.ru', '1234567@romashka.ru'],
  ])('"%s" is none', (text) => {
    expect(isDummyEmail(text)).toBe(false);
  });
});
