const meanings: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is markup already. Only `html` makes it, so that whatever else is put into a page is escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | null | false | undefined | readonly Part[];

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => meanings[character] ?? '');
  if (typeof part === 'number') return String(part);
  return part.map(markupOf).join('');
}

/** Markup with everything that is put into it escaped, inside of tags and of quoted attributes. Nothing stands for null and false. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.map((text, index) => text + markupOf(parts[index])).join(''));
