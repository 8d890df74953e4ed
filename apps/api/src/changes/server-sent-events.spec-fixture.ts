export interface ServerSentEvent {
  id: string;
  type: string;
  data: string;
}

/** Events of a stream as a browser reads them; leaving the loop closes the connection. */
export async function* readEvents(url: string, headers: Record<string, string>): AsyncGenerator<ServerSentEvent> {
  const aborting = new AbortController();
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: aborting.signal });
  if (response.status !== 200 || !response.body) throw new Error(`The stream answered ${response.status}`);
  let buffer = '';
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      buffer += chunk;
      const blocks = buffer.split('\n\n');
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
        const data = fields.get('data');
        if (data !== undefined) yield { id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data };
      }
    }
  } finally {
    aborting.abort();
  }
}
