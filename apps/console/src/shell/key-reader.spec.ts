import { beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyReader } from './key-reader.js';

const bindings = { KeyJ: 'next', KeyH: 'snooze', 'Shift+KeyX': 'range', Digit1: 'real', 'KeyG KeyD': 'disputed' };
let read: ReturnType<typeof createKeyReader>;
let now: number;

const press = (code: string, { shift = false, afterMs = 100 } = {}) => {
  now += afterMs;
  return read({ code, shiftKey: shift, timeStamp: now }, bindings);
};

beforeEach(() => {
  read = createKeyReader();
  now = 10_000;
});

describe('a key', () => {
  it('is the physical one, whatever the layout writes', () => {
    expect(press('KeyJ')).toBe('next');
    expect(press('KeyK')).toBeUndefined();
  });

  it('may stand on the number pad', () => {
    expect(press('Numpad1')).toBe('real');
    expect(press('Digit1')).toBe('real');
  });

  it('with Shift is another one', () => {
    expect(press('ShiftLeft', { shift: true })).toBeUndefined();
    expect(press('KeyX', { shift: true })).toBe('range');
    expect(press('KeyX')).toBeUndefined();
    expect(press('KeyJ', { shift: true })).toBeUndefined();
  });
});

describe('after g', () => {
  it('a letter leads somewhere', () => {
    expect(press('KeyG')).toBeUndefined();
    expect(press('KeyD')).toBe('disputed');
  });

  it('a letter never does what it does alone, as another page may be meant', () => {
    press('KeyG');
    expect(press('KeyH')).toBeUndefined();
    expect(press('KeyH')).toBe('snooze');
  });

  it('too late it is a letter again', () => {
    press('KeyG');
    expect(press('KeyH', { afterMs: 1300 })).toBe('snooze');
  });
});
