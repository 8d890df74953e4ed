import { Button, FileButton } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { PreviewPack } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { usePortal } from '../../portals/use-portals.js';
import { useRules } from '../../queue/use-cases.js';
import { useAccess } from '../../session/use-me.js';
import { ArrowLeftIcon } from '../../ui/icons.js';
import { Panel } from '../../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/states.js';
import { LayersPanel } from '../layers/layers-panel.js';
import { SetLayer } from '../layers/set-layer.js';
import { LazyCodeEditor } from '../code/lazy-code-editor.js';
import { FaultLines } from '../write-rule/fault-lines.js';
import { withSuggestion } from '../write-rule/faults.js';
import { textAt } from '../write-rule/rule-draft.js';
import { layerLike, onlyLayer, previewIn, textOfLayer, textWithRule } from './preview-text.js';
import type { ReadPreview } from './preview-text.js';
import { PreviewResult } from './preview-result.js';
import { usePreview } from './use-preview.js';
import type { Previewed } from './use-preview.js';
import classes from './preview.module.css';

const route = getRouteApi('/portals/$portalId/rules/preview');

/** What another pack or a layer would change for the portal, before anything does. */
export function PreviewPage() {
  const { t } = useSpeech();
  const { portalId } = route.useParams();
  const portal = usePortal(portalId);
  const mayManage = useAccess().may('rules.manage', portalId);
  const rules = useRules(portalId);
  const [text, setText] = useState('');
  const preview = usePreview(portalId);
  const read = previewIn(text);
  const pack = 'pack' in read ? read.pack : null;

  useEffect(() => {
    document.title = [t('preview.title'), portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);

  const back = (
    <Link to="/portals/$portalId/rules" params={{ portalId }} search={{}} className={classes.back}>
      <ArrowLeftIcon /> {t('rules.back')}
    </Link>
  );
  if (!mayManage) return <EmptyState title={t('notAllowed.title')}>{back}</EmptyState>;
  if (rules.data === undefined) {
    return rules.isError ? <ErrorState error={rules.error} retry={() => void rules.refetch()} /> : <TableSkeleton />;
  }
  // What was changed since is to be previewed before it is put in.
  const isPreviewed = preview.data?.preview != null && JSON.stringify(preview.data.pack) === JSON.stringify(pack);
  const layer = isPreviewed && pack !== null ? onlyLayer(pack) : null;
  const start = (wanted: PreviewPack) => preview.mutate(wanted);
  return (
    <div className={classes.page}>
      <header>
        {back}
        <h1 className={classes.title}>{t('preview.title')}</h1>
        <p className={classes.lead}>{t('preview.lead')}</p>
      </header>
      <Panel
        title={t('preview.text')}
        note={t('preview.format')}
        aside={
          <>
            <Button size="xs" variant="default" onClick={() => setText(layerLike(rules.data.items))}>
              {t('preview.sample')}
            </Button>
            <FileButton
              accept="application/json,.json"
              onChange={(file) => void file?.text().then(setText)}
              inputProps={{ 'aria-label': t('preview.file') }}
            >
              {(props) => (
                <Button {...props} size="xs" variant="default">
                  {t('preview.file')}
                </Button>
              )}
            </FileButton>
          </>
        }
      >
        <div className={classes.form}>
          <LazyCodeEditor label={t('preview.text')} language="json" value={text} onChange={setText} />
          <div className={classes.line}>
            <Button size="xs" disabled={pack === null} loading={preview.isPending} onClick={() => pack && start(pack)}>
              {t('preview.start')}
            </Button>
            <Holds read={read} />
          </div>
          {preview.isError && <ErrorState error={preview.error} />}
          {layer !== null && <SetLayer key={text} portalId={portalId} layer={layer} />}
          {preview.data !== undefined && preview.data.faulty.length > 0 && (
            <Faulty
              previewed={preview.data}
              onMend={(mended) => {
                setText(mended);
                preview.reset();
              }}
            />
          )}
        </div>
      </Panel>
      {preview.data?.preview != null && (
        <PreviewResult
          portalId={portalId}
          rules={rules.data.items}
          pack={preview.data.pack}
          preview={preview.data.preview}
        />
      )}
      <LayersPanel
        portalId={portalId}
        onOpen={(layer) => {
          setText(textOfLayer(layer));
          preview.reset();
          window.scrollTo({ top: 0 });
        }}
      />
    </div>
  );
}

function Holds({ read }: { read: ReadPreview }) {
  const { t } = useSpeech();
  if ('pack' in read) {
    const { rules, layers } = read.pack;
    const counts = {
      rules: t('preview.rules', { n: rules.length }),
      layers: t('preview.layers', { n: layers.length }),
    };
    return <span className={classes.soft}>{t('preview.holds', counts)}</span>;
  }
  if (read.fault === 'empty') return null;
  return (
    <span className={classes.broken} role="alert">
      {read.fault === 'json' ? t('preview.notJson', { why: read.why }) : t('preview.notPack')}
    </span>
  );
}

function Faulty({ previewed, onMend }: { previewed: Previewed; onMend: (text: string) => void }) {
  const { t } = useSpeech();
  const { pack, faulty } = previewed;
  return (
    <div className={classes.faulty} role="alert">
      <p className={classes.broken}>{t('preview.refused')}</p>
      {faulty.map(({ index, faults }) => {
        const rule = pack.rules[index] ?? {};
        return (
          <section key={index}>
            <h3 className={classes.name}>{t('preview.faultsOf', { rule: textAt(rule, 'id') || String(index + 1) })}</h3>
            <FaultLines
              faults={faults}
              isNamed
              onAccept={(fault, suggestion) =>
                onMend(textWithRule(pack, index, withSuggestion(rule, fault, suggestion)))
              }
            />
          </section>
        );
      })}
    </div>
  );
}
