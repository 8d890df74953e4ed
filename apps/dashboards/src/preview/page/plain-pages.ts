import { documentOf, foldersOf, type Surroundings } from './document.js';
import { html } from './html.js';

/** All dashboards with the question that each answers. */
export const indexPage = (surroundings: Surroundings): string =>
  documentOf(surroundings, {
    title: surroundings.texts.title,
    content: html`<div class="heading">
        <div>
          <h1>${surroundings.texts.title}</h1>
          <p>${surroundings.texts.whatItIs}</p>
        </div>
      </div>
      ${foldersOf(surroundings.dashboards).map(
        ([folder, dashboards]) =>
          html`<h2>${folder}</h2>
            <ul class="dashboards">
              ${dashboards.map(
                ({ uid, title, json }) =>
                  html`<li>
                    <a href="/d/${uid}"><strong>${title}</strong><span>${json.description}</span></a>
                  </li>`,
              )}
            </ul>`,
      )}`,
  });

/** A page that says one sentence. */
export const sentencePage = (surroundings: Surroundings, sentence: string): string =>
  documentOf(surroundings, { title: surroundings.texts.title, content: html`<p class="sentence">${sentence}</p>` });
