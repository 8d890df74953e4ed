import type { ParameterDeclaration, RuleDraft } from '../rules/rule.js';
import type { RuleDefinition } from './define.js';

interface Bilingual {
  ru: string;
  en: string;
}

/** The words of a rule. */
export interface RuleTexts {
  title: Bilingual;
  /** Clause of the working standard: what is expected. */
  clause: Bilingual;
  /** To the employee: what happened and the exact fix; neutral and specific. */
  feedback: Bilingual;
  parameters?: Record<string, Bilingual>;
}

/** A versioned set of rules. */
export interface Pack {
  id: string;
  version: number;
  title: Bilingual;
  rules: RuleDraft[];
  /** Rules that are on unless a layer says otherwise. */
  starters?: readonly string[];
}

/** Puts definitions and their words together. Throws when a rule or parameter has no words. */
export function rulesWithTexts(
  definitions: readonly RuleDefinition[],
  texts: Readonly<Record<string, RuleTexts>>,
): RuleDraft[] {
  return definitions.map((definition) => {
    const words = texts[definition.id];
    if (!words) throw new Error(`Rule ${definition.id} has no words.`);
    const { title, clause, feedback } = words;
    const parameters: Record<string, Omit<ParameterDeclaration, 'isRequired'> & { isRequired?: boolean }> = {};
    for (const [name, declaration] of Object.entries(definition.parameters ?? {})) {
      const named = words.parameters?.[name];
      if (!named) throw new Error(`Parameter ${name} of rule ${definition.id} has no words.`);
      parameters[name] = { ...declaration, title: named };
    }
    return { ...definition, version: definition.version ?? 1, title, clause, feedback, parameters };
  });
}
