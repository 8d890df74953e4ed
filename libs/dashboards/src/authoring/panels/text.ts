import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

/** A note in Markdown. */
export const text = ({ title, content }: { title: string; content: string }): PanelBuilder =>
  new PanelBuilder().title(title).mode(TextMode.Markdown).content(content);
