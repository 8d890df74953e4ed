/**
 * An exact fraction of whole numbers, kept reduced with a positive denominator. Plans, norms, points and pay are computed in
 * it: a quotient of floats may lie a hair above the whole number and round up to the next one.
 */
export class Rational {
  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** `of(3n, 6n)` is 1/2. Throws a RangeError when the denominator is 0. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    let [over, under] = [BigInt(numerator), BigInt(denominator)];
    if (under === 0n) throw new RangeError(`${over}/0 is not a number.`);
    if (under < 0n) [over, under] = [-over, -under];
    const divisor = greatestCommonDivisor(over < 0n ? -over : over, under);
    return divisor === 1n ? new Rational(over, under) : new Rational(over / divisor, under / divisor);
  }

  /** A decimal text as people write it: `"0.15"`, `"15"`, `"-2,5"`; exact. Throws a RangeError on anything else. */
  static ofDecimal(text: string): Rational {
    const match = /^\s*([+-]?)(\d{1,30})(?:[.,](\d{1,30}))?\s*$/.exec(text);
    if (!match) throw new RangeError(`${text} is not a decimal number.`);
    const [, sign, whole = '0', fraction = ''] = match;
    const value = Rational.of(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
    return sign === '-' ? value.negated() : value;
  }

  /** What `toString` wrote: `5/12`, `7`, `-1/3`. Throws a RangeError on anything else. */
  static ofText(text: string): Rational {
    const match = /^(-?\d{1,60})(?:\/(\d{1,60}))?$/.exec(text);
    if (!match?.[1]) throw new RangeError(`${text} is not a fraction.`);
    return Rational.of(BigInt(match[1]), BigInt(match[2] ?? '1'));
  }

  plus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws a RangeError when the divisor is 0. */
  over(divisor: Rational): Rational {
    return Rational.of(this.numerator * divisor.denominator, this.denominator * divisor.numerator);
  }

  negated(): Rational {
    return new Rational(-this.numerator, this.denominator);
  }

  /** Below 0, 0 or above 0, as the other is greater, equal or less. */
  compare(other: Rational): number {
    const [left, right] = [this.numerator * other.denominator, other.numerator * this.denominator];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The greatest whole number not above. */
  floor(): bigint {
    const whole = this.numerator / this.denominator;
    return this.numerator < 0n && whole * this.denominator !== this.numerator ? whole - 1n : whole;
  }

  /** The least whole number not below. */
  ceil(): bigint {
    return -this.negated().floor();
  }

  /** The nearest whole number; halves go away from zero, as money is rounded. */
  round(): bigint {
    const half = Rational.of(1n, 2n);
    return this.numerator < 0n ? -this.negated().plus(half).floor() : this.plus(half).floor();
  }

  /** For showing only: never for money or rounding. */
  toNumber(): number {
    const whole = this.numerator / this.denominator;
    return Number(whole) + Number(this.numerator - whole * this.denominator) / Number(this.denominator);
  }

  /** `5/12`, or `7` when it is whole. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  while (other !== 0n) [one, other] = [other, one % other];
  return one === 0n ? 1n : one;
}
