import type { Annotation } from '../api/schema.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';

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
  return t(changes[annotation.change], { before: annotation.before ?? '—', after: annotation.after ?? '—' });
}
