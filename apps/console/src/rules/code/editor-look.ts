import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the colours of the page, light or dark. */
const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--fw-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--fw-mono)', lineHeight: '1.6' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--fw-text)' },
  '.cm-line': { padding: '0 10px 0 6px' },
  '.cm-cursor': { borderLeftColor: 'var(--fw-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--fw-text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px', minWidth: '28px' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--fw-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection':
    { backgroundColor: 'var(--fw-accent-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--fw-accent-soft)',
    outline: '1px solid var(--fw-accent-line)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--fw-lost) 1px',
    textUnderlineOffset: '3px',
    backgroundColor: 'var(--fw-lost-soft)',
  },
  '.cm-lint-marker-error': {
    content: '""',
    width: '7px',
    height: '7px',
    borderRadius: '50%',
    background: 'var(--fw-lost)',
  },
  '.cm-gutter-lint': { width: '12px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '7px 0 0 4px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--fw-surface)',
    color: 'var(--fw-text)',
    border: '1px solid var(--fw-line)',
    borderRadius: 'var(--fw-radius-small)',
    boxShadow: '0 4px 16px rgb(0 0 0 / 14%)',
    fontSize: '12.5px',
  },
  '.cm-diagnostic': { borderLeft: '3px solid var(--fw-lost)', padding: '5px 9px', fontFamily: 'var(--fw-font)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--fw-accent)',
    color: 'var(--fw-surface)',
    borderRadius: '3px',
    padding: '1px 7px',
    fontFamily: 'var(--fw-mono)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--fw-mono)', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--fw-accent-soft)',
    color: 'var(--fw-text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--fw-accent)', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--fw-text-faint)', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-completionInfo': { padding: '6px 9px', maxWidth: '300px', fontFamily: 'var(--fw-font)' },
  '.cm-panels': { backgroundColor: 'var(--fw-sunken)', color: 'var(--fw-text)' },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--fw-accent)', fontWeight: '600' },
  { tag: [tags.bool, tags.null], color: 'var(--fw-accent)' },
  { tag: tags.string, color: 'var(--fw-won)' },
  { tag: tags.number, color: 'var(--fw-warn)' },
  { tag: tags.function(tags.variableName), color: 'var(--fw-accent-strong)' },
  { tag: tags.special(tags.variableName), color: 'var(--fw-text-soft)' },
  { tag: tags.propertyName, color: 'var(--fw-accent-strong)' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--fw-text-faint)' },
  { tag: tags.comment, color: 'var(--fw-text-faint)', fontStyle: 'italic' },
]);

export const editorLook = [look, syntaxHighlighting(colours)];
