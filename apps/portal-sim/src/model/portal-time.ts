/** Renders instants as the portal does: its own zone, its offset in every value, whole seconds. */
export class PortalTime {
  private readonly offsets = new Map<number, number>();
  private readonly rendered = new Map<number, string>();
  private readonly format: Intl.DateTimeFormat;

  constructor(readonly zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  }

  /** Minutes east of UTC at that instant. */
  offsetMinutes(atMs: number): number {
    const hour = Math.floor(atMs / 3_600_000);
    const known = this.offsets.get(hour);
    if (known !== undefined) return known;
    const name =
      this.format.formatToParts(hour * 3_600_000).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
    const minutes = match?.[1] ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
    this.offsets.set(hour, minutes);
    return minutes;
  }

  /** `2026-09-01T14:29:00+03:00` */
  dateTime(atMs: number): string {
    const known = this.rendered.get(atMs);
    if (known !== undefined) return known;
    const offset = this.offsetMinutes(atMs);
    const text = new Date(atMs + offset * 60_000).toISOString().slice(0, 19) + offsetText(offset);
    if (this.rendered.size > 50_000) this.rendered.clear();
    this.rendered.set(atMs, text);
    return text;
  }

  /** A date comes back as midnight UTC of that day, printed with the portal's offset. */
  date(day: string): string {
    return this.dateTime(Date.parse(`${day}T00:00:00Z`));
  }

  /** The calendar day of an instant in the portal's zone, `YYYY-MM-DD`. */
  dayOf(atMs: number): string {
    return this.dateTime(atMs).slice(0, 10);
  }

  /** Milliseconds of a written date-time; one without an offset is local to the portal. NaN when it is no date. */
  parse(text: string): number {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return this.local(`${text}T00:00:00`);
    const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)$/.exec(text);
    if (local) return this.local(`${local[1]}T${local[2]}`);
    const russian = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}:\d{2}:\d{2}))?$/.exec(text);
    if (russian) return this.local(`${russian[3]}-${russian[2]}-${russian[1]}T${russian[4] ?? '00:00:00'}`);
    return Date.parse(text);
  }

  private local(text: string): number {
    const asUtc = Date.parse(`${text}Z`);
    return Number.isNaN(asUtc) ? asUtc : asUtc - this.offsetMinutes(asUtc) * 60_000;
  }
}

/** `+03:00` */
function offsetText(minutes: number): string {
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')}`;
}
