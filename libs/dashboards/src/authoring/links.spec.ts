import { expect, test } from '@jest/globals';
import { consoleLink, linkTo } from './links.js';

test('a link to a dashboard carries columns as variables and the range of time', () => {
  expect(linkTo('fw-portal', { portal: 'portal_id' }, { title: 'Portal' })).toEqual({
    title: 'Portal',
    url: '/d/fw-portal?var-portal=${__data.fields.portal_id}&${__url_time_range}',
    targetBlank: false,
  });
});

test('variables that are selected here can go along', () => {
  expect(linkTo('fw-deal', { seller: 'user_id' }, { keep: ['portal'] }).url).toBe(
    '/d/fw-deal?var-seller=${__data.fields.user_id}&${portal:queryparam}&${__url_time_range}',
  );
});

test('a link into the console puts columns in the place of names in braces, and leaves variables alone', () => {
  expect(consoleLink('/portals/{portal_id}/funnel')).toMatchObject({
    url: '${console}/portals/${__data.fields.portal_id}/funnel',
    targetBlank: true,
  });
  expect(consoleLink('/portals/${portal}/plan').url).toBe('${console}/portals/${portal}/plan');
});

test('what is no column and no path is refused', () => {
  expect(() => linkTo('fw-portal', { portal: 'portal id' })).toThrow('LINK_FIELD');
  expect(() => consoleLink('/portals/{}/funnel')).toThrow('LINK_FIELD');
  expect(() => consoleLink('portals')).toThrow('LINK_PATH');
});
