import { expect, test } from '@jest/globals';
import { compileRule } from '../../rules/compile-rule.js';
import { baseDefinitions } from './definitions.js';

const words = { ru: 'слова', en: 'words' };

test.each(baseDefinitions.map((definition) => [definition.id, definition] as const))(
  '%s compiles',
  (_id, definition) => {
    const parameters = Object.fromEntries(
      Object.entries(definition.parameters ?? {}).map(([name, declaration]) => [
        name,
        { ...declaration, title: words },
      ]),
    );
    const draft = { version: 1, ...definition, title: words, clause: words, feedback: words, parameters };
    expect(compileRule(draft).length).toBeGreaterThan(0);
  },
);
