import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { chooseLanguage } from './language.js';
import type { Message } from './message.js';
import { fillMessage } from './message.js';
import { ruAccess } from './ru-access.js';
import { ruAudit } from './ru-audit.js';
import { ruDiscipline } from './ru-discipline.js';
import { ruOperations } from './ru-operations.js';
import { ruPeople } from './ru-people.js';
import { ruPay } from './ru-pay.js';
import { ruPlan } from './ru-plan.js';
import { ruQuality } from './ru-quality.js';
import { ruQueue } from './ru-queue.js';
import { ruRulePack } from './ru-rule-pack.js';
import { ruRuleScope } from './ru-rule-scope.js';
import { ruRuleWriting } from './ru-rule-writing.js';
import { ruRules } from './ru-rules.js';
import { ru } from './ru.js';

function placesOf(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')))].sort();
}

describe('the two languages', () => {
  it('say the same things', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort());
  });

  it('say each thing in one place: no file takes a key of another', () => {
    const said: Record<string, Message> = ru;
    for (const part of [
      ruAccess,
      ruAudit,
      ruDiscipline,
      ruOperations,
      ruPeople,
      ruPay,
      ruPlan,
      ruQuality,
      ruQueue,
      ruRules,
      ruRuleWriting,
      ruRulePack,
      ruRuleScope,
    ]) {
      for (const [key, message] of Object.entries<Message>(part)) expect([key, said[key]]).toEqual([key, message]);
    }
  });

  it('say them with the same values', () => {
    const english: Record<string, Message> = en;
    for (const [key, message] of Object.entries(ru)) {
      expect([key, placesOf(english[key] ?? '')]).toEqual([key, placesOf(message)]);
    }
  });

  it('have every plural form their grammar needs', () => {
    for (const message of Object.values<Message>(ru)) {
      if (typeof message === 'string') continue;
      expect(Object.keys(message).sort()).toEqual(['few', 'many', 'one', 'other']);
    }
    for (const message of Object.values<Message>(en)) {
      if (typeof message === 'string') continue;
      expect(Object.keys(message).sort()).toEqual(['one', 'other']);
    }
  });
});

describe('a message', () => {
  it('takes the plural form of its number', () => {
    const say = (n: number) => fillMessage(ru['records.total'], 'ru', { n });
    expect(say(1)).toBe('1 запись');
    expect(say(3)).toBe('3 записи');
    expect(say(11)).toBe('11 записей');
    expect(say(1221)).toBe('1\u202f221 запись');
    expect(fillMessage(en['records.total'], 'en', { n: 1 })).toBe('1 record');
    expect(fillMessage(en['records.total'], 'en', { n: 0 })).toBe('0 records');
  });

  it('keeps a place it has no value for', () => {
    expect(fillMessage('до {at}', 'ru')).toBe('до {at}');
  });
});

describe('the first language', () => {
  it('is the stored one, else the browser’s, else Russian', () => {
    expect(chooseLanguage('en', ['ru-RU'])).toBe('en');
    expect(chooseLanguage(null, ['en-US', 'ru'])).toBe('en');
    expect(chooseLanguage(null, ['de-DE', 'ru-RU'])).toBe('ru');
    expect(chooseLanguage('xx', ['fr'])).toBe('ru');
  });
});
