import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { linter, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { ruleLanguage } from '../../generated/rule-language.js';
import { wordsAfter } from './completion-words.js';
import type { OfferedWord, Surroundings } from './completion-words.js';
import classes from './code-editor.module.css';
import { conditionLanguage } from './condition-language.js';
import { editorLook } from './editor-look.js';

/** A stretch of the text that is wrong, and what may stand there instead. */
type CodeFault = { from: number; to: number; text: string; suggestions: readonly string[] };

export type CodeEditorProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  language: 'condition' | 'json';
  faults?: readonly CodeFault[];
  /** What a condition can ask about: its words are offered. */
  around?: Surroundings;
  /** A place to go to; `n` tells one wish from the next. */
  reveal?: { at: number; n: number } | undefined;
  isReadOnly?: boolean;
};

const kinds = { field: 'property', function: 'function', variable: 'variable', constant: 'keyword' } as const;

const optionOf = ({ name, kind, type, says }: OfferedWord) => ({
  label: name,
  type: kinds[kind],
  ...(kind === 'function' ? { detail: type.replace(name, '') } : { detail: type }),
  ...(says !== '' && { info: says }),
});

/** A text of a programming language: numbered lines, colours, what is wrong where, and words to choose from. */
export function CodeEditor({ label, value, onChange, language, faults, around, reveal, isReadOnly }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  const surroundings = useRef(around);
  const named = useRef(new Compartment());
  useEffect(() => {
    changed.current = onChange;
    surroundings.current = around;
  });

  const first = useRef({ value, language, isReadOnly: isReadOnly === true });
  useEffect(() => {
    if (host.current === null) return;
    const offer: CompletionSource = ({ state, pos, explicit }) => {
      if (surroundings.current === undefined) return null;
      const offered = wordsAfter(state.doc.sliceString(0, pos), surroundings.current, ruleLanguage);
      const isBegun = offered !== null && (offered.from < pos || state.doc.sliceString(pos - 1, pos) === '.');
      if (offered === null || !(isBegun || explicit)) return null;
      return { from: offered.from, options: offered.words.map(optionOf), validFor: /^\w*$/ };
    };
    const start = first.current;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          ...[lineNumbers(), history(), bracketMatching(), closeBrackets(), indentOnInput(), lintGutter()],
          start.language === 'json' ? [json(), linter(jsonParseLinter(), { delay: 300 })] : conditionLanguage,
          autocompletion({ override: [offer], icons: false }),
          // Tab leaves the editor: whoever has only keys would not come out otherwise.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorState.readOnly.of(start.isReadOnly),
          named.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
          editorLook,
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const attributes = EditorView.contentAttributes.of({
      'aria-label': label,
      ...((faults?.length ?? 0) > 0 && { 'aria-invalid': 'true' }),
    });
    view.current?.dispatch({ effects: named.current.reconfigure(attributes) });
  }, [label, faults?.length]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  const told = JSON.stringify(faults ?? []);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || language === 'json') return;
    const end = editor.state.doc.length;
    const diagnostics = (JSON.parse(told) as CodeFault[]).map(({ from, to, text, suggestions }): Diagnostic => ({
      from: Math.min(from, end),
      to: Math.min(to, end),
      severity: 'error',
      message: text,
      actions: suggestions.map((name) => ({
        name,
        apply: (target, start, stop) => target.dispatch({ changes: { from: start, to: stop, insert: name } }),
      })),
    }));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [told, language]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || reveal === undefined) return;
    const at = Math.min(reveal.at, editor.state.doc.length);
    editor.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    editor.focus();
    editor.dom.scrollIntoView({ block: 'center' });
  }, [reveal]);

  return <div ref={host} className={classes.editor} data-language={language} />;
}
