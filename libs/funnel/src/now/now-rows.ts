import { baseRows, type FigureRows } from '../read/figure-rows.js';
import type { NowFigureRef } from '../figure.js';
import type { OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/parameters.js';

/** Objects whose last move is in the pipeline, one row each. */
export function nowRows(question: OpenQuestion, parameters: Parameters): FigureRows {
  const base = baseRows(question, parameters);
  return {
    text: `${base.text},
    counted_row AS (
      SELECT object_id, seller_id, amount_kopecks, currency, sequence, sequence AS event_sequence, stage_id, semantics,
             entered_at AS counted_at, NULL::timestamptz AS converted_at
        FROM visit JOIN object USING (object_id)
       WHERE left_at IS NULL
    )`,
  };
}

export const nowConditions: Record<NowFigureRef['figure'], string> = {
  standing: 'true',
  open: "semantics = 'P'",
  won: "semantics = 'S'",
  lost: "semantics = 'F'",
};
