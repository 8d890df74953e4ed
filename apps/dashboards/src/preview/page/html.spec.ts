import { expect, test } from '@jest/globals';
import { html } from './html.js';

test('whatever is put in is text, between tags and inside of an attribute', () => {
  const name = `<script>alert("x")</script> & 'О'Нил'`;
  const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;О&#39;Нил&#39;';
  expect(html`<p title="${name}">${name}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('markup that was made so goes in as it is, alone or in lists', () => {
  const items = ['<a>', 'b'].map((item) => html`<li>${item}</li>`);
  expect(html`${items}|${items[1]}`.markup).toBe('<li>&lt;a&gt;</li><li>b</li>|<li>b</li>');
});

test('numbers are written, and nothing stands for what is not there', () => {
  expect(html`${0}|${null}|${undefined}|${false}|${[]}`.markup).toBe('0||||');
});
