import { describe, expect, it } from '@jest/globals';
import { phpMap } from './php-containers.js';

describe('a map as PHP encodes it', () => {
  it('is a list when it is empty or numbered without gaps', () => {
    expect(phpMap([])).toEqual([]);
    expect(
      phpMap([
        ['0', 'a'],
        ['1', 'b'],
      ]),
    ).toEqual(['a', 'b']);
  });

  it('is an object otherwise', () => {
    expect(
      phpMap([
        ['0', 'a'],
        ['2', 'b'],
      ]),
    ).toEqual({ 0: 'a', 2: 'b' });
    expect(phpMap([['c0', 'a']])).toEqual({ c0: 'a' });
  });
});
