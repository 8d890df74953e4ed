import { expect, test } from '@jest/globals';
import { languageOf } from './language.js';

test.each([
  [[], {}, 'en'],
  [[], { LANG: 'ru_RU.UTF-8' }, 'ru'],
  [[], { LANG: 'ru_RU.UTF-8', LC_ALL: 'C' }, 'en'],
  [[], { LANG: 'en_US.UTF-8', FUNNELWATCH_LANG: 'ru' }, 'ru'],
  [['--lang', 'ru'], { LANG: 'en_US.UTF-8' }, 'ru'],
  [['status', '--lang=en'], { LANG: 'ru_RU.UTF-8' }, 'en'],
  [['--lang'], {}, 'en'],
] as const)('%j with %j answers in %s', (argv, environment, language) => {
  expect(languageOf([...argv], environment)).toBe(language);
});
