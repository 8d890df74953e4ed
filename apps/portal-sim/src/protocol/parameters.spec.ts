import { describe, expect, it } from '@jest/globals';
import { decodeForm } from './parameters.js';

describe('form encoding', () => {
  it('nests keys as PHP does', () => {
    expect(
      decodeForm(
        'filter%5B%3EID%5D=5&filter[@STAGE_ID][0]=NEW&filter[@STAGE_ID][1]=C1%3ANEW&select[]=ID&select[]=TITLE&start=-1',
      ),
    ).toEqual({
      filter: { '>ID': '5', '@STAGE_ID': ['NEW', 'C1:NEW'] },
      select: ['ID', 'TITLE'],
      start: '-1',
    });
  });

  it('keeps maps with gaps as maps and reads plus signs and broken escapes', () => {
    expect(decodeForm('a[2]=x&a[5]=y&b=1+2&c=%E0%A4%A')).toEqual({ a: { 2: 'x', 5: 'y' }, b: '1 2', c: '%E0%A4%A' });
  });

  it('gives the last value of a repeated name', () => {
    expect(decodeForm('a=1&a=2&b')).toEqual({ a: '2', b: '' });
  });

  it('survives a name that would reach into the prototype', () => {
    decodeForm('__proto__[polluted]=1');
    expect({}).not.toHaveProperty('polluted');
  });
});
