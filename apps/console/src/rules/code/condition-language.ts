import { StreamLanguage } from '@codemirror/language';

/** The colours of CEL: its words, texts, numbers, functions and members. */
export const conditionLanguage = StreamLanguage.define<object>({
  name: 'cel',
  startState: () => ({}),
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"', "'"] } },
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d+(?:\.\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null|in)\b/)) return 'keyword';
    if (stream.match(/^[A-Za-z_]\w*(?=\s*\()/)) return 'variableName.function';
    if (stream.match(/^(?:record|activity|employee|portal|fact|params|calendar)\b/)) return 'variableName.special';
    if (stream.match(/^[A-Za-z_]\w*/)) return 'variableName';
    if (stream.match(/^(?:&&|\|\||[=!<>]=|[!<>+\-*/%?:])/)) return 'operator';
    stream.next();
    return 'punctuation';
  },
});
