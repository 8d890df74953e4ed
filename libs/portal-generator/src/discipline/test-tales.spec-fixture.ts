import { describe, expect, test } from '@jest/globals';
import { SmallPortal, smallSettings, type Tale } from './small-portal.spec-fixture.js';

/** Tests each rule by its tales, in the eyes of who watched and of who came at the end. */
export function testTales(rules: Record<string, Tale[]>): void {
  describe.each(Object.entries(rules))('%s', (ruleId, tales) => {
    test.each(tales)('$story', ({ tell, live, history, until }) => {
      const portal = tell(new SmallPortal());
      expect(portal.breaches(ruleId, smallSettings, 'live', until)).toEqual(live);
      expect(portal.breaches(ruleId, smallSettings, 'history', until)).toEqual(history ?? live);
    });
  });
}
