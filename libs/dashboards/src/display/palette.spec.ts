import { expect, test } from '@jest/globals';
import { colourNamed, nameOfColour, paints } from './palette.js';

test.each(['text', 'transparent', 'gray', 'green', 'orange', 'red', 'yellow', 'blue', 'purple', 'semi-dark-blue'])(
  '%s is found again by what it looks like on dark pages',
  (name) => {
    expect(nameOfColour(colourNamed(name, 'dark'))).toBe(name);
  },
);

test('text on a colour can be read: black on what is bright, white on what is not', () => {
  const textOn = (name: string) => paints.find((paint) => paint.name === name)?.textOn;
  expect(textOn('yellow')).toEqual({ dark: '#000000', light: '#000000' });
  expect(textOn('red')?.light).toBe('#ffffff');
  expect(textOn('transparent')).toEqual({ dark: 'inherit', light: 'inherit' });
});

test('a colour of a scale is told by its nearest step, one that nobody named is that of text', () => {
  expect(nameOfColour('rgb(1, 2, 3)', 'continuous-reds', 0.52)).toBe('continuous-reds-10');
  expect(nameOfColour('rgb(1, 2, 3)', 'continuous-reds', 7)).toBe('continuous-reds-20');
  expect(nameOfColour('rgb(1, 2, 3)')).toBe('text');
  expect(new Set(paints.map(({ name }) => name)).size).toBe(paints.length);
});
