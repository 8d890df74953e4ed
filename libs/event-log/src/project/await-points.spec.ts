import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { awaitPoints } from './await-points.js';

const sources = ['./run-projection.ts', './bucket-worker.ts', './apply-batch.ts', '../quarantine/drain-stream.ts'].map(
  (path) => {
    const url = new URL(path, import.meta.url);
    return ts.createSourceFile(url.pathname, readFileSync(url, 'utf8'), ts.ScriptTarget.Latest, true);
  },
);

interface Wait {
  /** Null where something is awaited without a name. */
  name: string | null;
  place: string;
}

/** Everything at which the code of a file waits, and so may be killed. */
function waitsOf(source: ts.SourceFile): Wait[] {
  const waits: Wait[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node)) waits.push({ name: nameOf(node.expression), place: placeOf(source, node) });
    const isHidden =
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      (ts.isPropertyAccessExpression(node) && (node.name.text === 'then' || node.name.text === 'finally')) ||
      // A promise that an async function returns is awaited by the function itself.
      (ts.isReturnStatement(node) && isInsideAsync(node) && node.expression !== undefined && isCall(node.expression));
    if (isHidden) waits.push({ name: null, place: placeOf(source, node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return waits;
}

/** The literal in `at(…, 'name', …)` or `this.at('name', …)`. */
function nameOf(awaited: ts.Expression): string | null {
  if (!ts.isCallExpression(awaited)) return null;
  const called = awaited.expression;
  const isAt = ts.isIdentifier(called)
    ? called.text === 'at'
    : ts.isPropertyAccessExpression(called) && called.name.text === 'at';
  return isAt ? (awaited.arguments.find((argument) => ts.isStringLiteral(argument))?.text ?? null) : null;
}

const isCall = (expression: ts.Expression): boolean =>
  ts.isCallExpression(expression) && !/^(this\.)?(failureOf)$/.test(expression.expression.getText());

function isInsideAsync(node: ts.Node): boolean {
  const around = ts.findAncestor(node, (ancestor) => ts.isFunctionLike(ancestor));
  return (
    around !== undefined &&
    ts.canHaveModifiers(around) &&
    (ts.getModifiers(around)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false)
  );
}

function placeOf(source: ts.SourceFile, node: ts.Node): string {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${source.fileName.split('/').at(-1)}:${line + 1}`;
}

test('the worker loop waits for nothing that has no name', () => {
  const unnamed = sources.flatMap(waitsOf).filter(({ name }) => name === null);
  expect(unnamed.map(({ place }) => place)).toEqual([]);
});

test('every name is the name of exactly one await, and the list names no other', () => {
  const names = sources.flatMap(waitsOf).map(({ name }) => name);
  expect(names.toSorted()).toEqual([...awaitPoints].toSorted());
});
