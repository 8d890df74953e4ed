import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor.js';
import classes from './code-editor.module.css';

const CodeEditor = lazy(() => import('./code-editor.js').then((loaded) => ({ default: loaded.CodeEditor })));

/** The editor, which is only loaded where somebody writes. */
export function LazyCodeEditor(props: CodeEditorProps) {
  return (
    <Suspense
      fallback={
        <div className={classes.editor} data-language={props.language}>
          <Skeleton height="100%" />
        </div>
      }
    >
      <CodeEditor {...props} />
    </Suspense>
  );
}
