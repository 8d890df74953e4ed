import { DateTime } from 'luxon';

/** Calendar months of a zone between two instants, both months included. */
export class Months {
  readonly names: string[] = [];
  private readonly starts: number[] = [];

  constructor(fromMs: number, toMs: number, zone: string) {
    let month = DateTime.fromMillis(fromMs, { zone }).startOf('month');
    while (month.toMillis() <= toMs) {
      this.names.push(month.toFormat('yyyy-MM'));
      this.starts.push(month.toMillis());
      month = month.plus({ months: 1 });
    }
  }

  /** `YYYY-MM` of an instant inside the span. */
  of(atMs: number): string {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= atMs) low = middle;
      else high = middle - 1;
    }
    return this.names[low] ?? '';
  }
}
