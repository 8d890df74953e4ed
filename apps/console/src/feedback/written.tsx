/** What stands in the portal, as it looks there: its first line is the title. */
export function Written({ text, className }: { text: string; className: string | undefined }) {
  const [title = '', ...rest] = text.split('\n');
  return (
    <div className={className}>
      <b>{title.replace(/^\[B\](.*)\[\/B\]$/, '$1')}</b>
      {'\n'}
      {rest.join('\n')}
    </div>
  );
}
