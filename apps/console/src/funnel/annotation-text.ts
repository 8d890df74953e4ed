import type { Annotation } from '../api/schema.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';

const changes = {
  'pipeline-added': 'annotation.pipeline-added',
  'pipeline-renamed': 'annotation.pipeline-renamed',
  'pipeline-removed': 'annotation.pipeline-removed',
  'stage-added': 'annotation.stage-added',
  'stage-renamed': 'annotation.stage-renamed',
  'stage-removed': 'annotation.stage-removed',
  'stage-moved': 'annotation.stage-moved',
  'stage-semantics-changed': 'annotation.stage-semantics-changed',
  'stage-meaning-changed': 'annotation.stage-meaning-changed',
} as const satisfies Record<Annotation['change'], MessageKey>;

/** One sentence about a change of the configuration. */
export function annotationText(annotation: Annotation, t: Translate): string {
  return t(changes[annotation.change], { before: annotation.before ?? '—', after: annotation.after ?? '—' });
}
