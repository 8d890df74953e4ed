/** A column of an answer, as a query returns it. Instants are milliseconds since 1970. */
export interface ShownColumn {
  name: string;
  type: 'number' | 'string' | 'time' | 'boolean';
  values: readonly unknown[];
}

/** What somebody reads in the place of a value. */
export interface Shown {
  field: string;
  /** With prefix and suffix: `6.2 mins`. */
  text: string;
  suffix: string;
  /** As CSS, by the dark theme. */
  colour: string;
  /** The name of that colour, see `paints`. */
  paint: string;
  /** NaN for what is no number. */
  numeric: number;
  /** How far the value lies between the least and the most that is shown, 0 to 1; null for what is no number. */
  share: number | null;
}
