import type { Annotation } from '../api/schema.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import { meaningName, stageTypeName } from './stage-names.js';

const changes = {
  'pipeline-added': 'annotation.pipeline-added',
  'pipeline-removed': 'annotation.pipeline-removed',
  'pipeline-renamed': 'annotation.pipeline-renamed',
  'stage-added': 'annotation.stage-added',
  'stage-removed': 'annotation.stage-removed',
  'stage-restored': 'annotation.stage-restored',
  'stage-renamed': 'annotation.stage-renamed',
  'stage-retyped': 'annotation.stage-retyped',
  'stages-reordered': 'annotation.stages-reordered',
  'meaning-mapped': 'annotation.meaning-mapped',
} as const satisfies Record<Annotation['change'], MessageKey>;

/** One sentence about a change of the configuration. */
export function annotationText(annotation: Annotation, t: Translate): string {
  const word = (value: string | null) => {
    if (value === null) return '—';
    if (annotation.change === 'meaning-mapped') return meaningName(value, t);
    return annotation.change === 'stage-retyped' ? stageTypeName(value, t) : value;
  };
  return t(changes[annotation.change], { before: word(annotation.before), after: word(annotation.after) });
}
