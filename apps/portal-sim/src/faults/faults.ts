/** Ways in which a portal misbehaves on the wire, and errors that it reports. */
type FaultKind =
  'error' | 'html-502' | 'empty-503' | 'html-404' | 'html-200' | 'redirect' | 'slow' | 'reset-before' | 'reset-after';

export interface FaultRule {
  id: string;
  kind: FaultKind;
  /** Method name or pattern with `*`; matched in lower case against the called method and the commands of a batch. */
  method: string;
  /** Chance for each matching call, 0 to 1. */
  probability: number;
  /** How many calls are still to be hit; null: all. */
  remaining: number | null;
  /** Error code for `error`. */
  code?: string;
  status?: number;
  description?: string;
  /** Address for `redirect`. */
  location?: string;
  /** Milliseconds before the answer for `slow`. */
  delayMs?: number;
}

/** Faults that tests injected. Chances are drawn from a seeded sequence, so a run can be repeated. */
export class Faults {
  rules: FaultRule[] = [];
  private state = 1;

  add(rule: FaultRule): void {
    this.rules = [...this.rules.filter((known) => known.id !== rule.id), rule];
  }

  remove(id: string): void {
    this.rules = this.rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault that hits a whole HTTP request: errors look at the called method, the rest at its commands as well. */
  forRequest(method: string, commands: readonly string[]): FaultRule | null {
    return this.take(
      (rule) => matches(rule, method) || (rule.kind !== 'error' && commands.some((one) => matches(rule, one))),
    );
  }

  /** The error that hits one command of a batch. */
  forCommand(method: string): FaultRule | null {
    return this.take((rule) => rule.kind === 'error' && matches(rule, method));
  }

  private take(applies: (rule: FaultRule) => boolean): FaultRule | null {
    for (const rule of this.rules) {
      if (rule.remaining === 0 || !applies(rule)) continue;
      if (rule.probability < 1 && this.draw() >= rule.probability) continue;
      if (rule.remaining !== null) rule.remaining--;
      return rule;
    }
    return null;
  }

  private draw(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 4_294_967_296;
  }
}

function matches(rule: FaultRule, method: string): boolean {
  const pattern = rule.method.toLowerCase();
  if (!pattern.includes('*')) return pattern === method;
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(method);
}
