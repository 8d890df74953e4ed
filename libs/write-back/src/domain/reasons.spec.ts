import { expect, test } from '@jest/globals';
import { bitrixFailureCodes } from '@funnelwatch/bitrix24';
import { ownReasons, reasonSentence } from './reasons.js';

test('every reason has words for a curator in both languages', () => {
  for (const reason of [...ownReasons, ...bitrixFailureCodes]) {
    expect(reasonSentence(reason, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(reasonSentence(reason, 'ru')).toMatch(/^[А-ЯЁ].*\.$/);
  }
});
