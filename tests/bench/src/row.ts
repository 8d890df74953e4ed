/** One line of the bench: what was done, the figure in words, and its target if it has one. */
export interface Row {
  work: string;
  figure: string;
  value: number;
  target: string | null;
  reached: boolean;
}
