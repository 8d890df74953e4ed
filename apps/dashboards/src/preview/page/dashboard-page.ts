import { addressOf } from '../asking/address.js';
import type { AskedDashboard, AskedSection } from '../asking/ask-dashboard.js';
import { ALL, type Choice } from '../asking/choices.js';
import { type RangeName, rangeNames } from '../asking/range.js';
import { panelHtml } from '../panels/panel.js';
import type { View } from '../panels/view.js';
import { documentOf, type Surroundings } from './document.js';
import { type Html, html } from './html.js';

/** A dashboard with what came of asking for it, as a page. */
export function dashboardPage(asked: AskedDashboard, surroundings: Surroundings): string {
  const { dashboard, choices, range, marks } = asked;
  const { texts, language } = surroundings;
  const scope = { choices, range };
  const view: View = { language, texts, range, scope, marks };
  return documentOf(surroundings, {
    title: dashboard.title,
    uid: dashboard.uid,
    address: addressOf(scope),
    content: html`<div class="heading">
        <div>
          <h1>${dashboard.title}</h1>
          <p>${dashboard.json.description}</p>
        </div>
        ${choosing(asked, surroundings)}
      </div>
      ${asked.sections.map((section) => sectionHtml(section, view))}
      <footer>
        <p>${texts.readAt(writtenInstant(range.to, language))}</p>
        <p>${texts.whatItIs}</p>
      </footer>`,
  });
}

const writtenInstant = (at: Date, language: string): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );

function sectionHtml({ title, isFolded, panels }: AskedSection, view: View): Html {
  const top = Math.min(...panels.map(({ panel }) => panel.gridPos?.y ?? 0));
  const grid = html`<div class="grid">${panels.map((panel) => panelHtml(panel, view, top))}</div>`;
  if (title === null) return html`<section>${grid}</section>`;
  return html`<details class="section" ${!isFolded && html` open`}>
    <summary><h2>${title}</h2></summary>
    ${grid}
  </details>`;
}

function choosing({ dashboard, choices, range }: AskedDashboard, { texts }: Surroundings): Html {
  const shown = choices.filter(({ isHidden }) => !isHidden);
  return html`<form action="/d/${dashboard.uid}" method="get">
    ${shown.map((choice) => (choice.isMulti ? severalOf(choice, texts) : oneOf(choice, texts)))}
    <label
      ><span>${texts.range}</span
      ><select name="from">
        ${rangeNames.map(
          (name: RangeName) =>
            html`<option value="now-${name}" ${name === range.name && html` selected`}>${texts.ranges[name]}</option>`,
        )}
      </select></label
    >
    <button>${texts.show}</button>
  </form>`;
}

type Texts = Surroundings['texts'];

const isChosen = ({ chosen }: Choice, value: string): boolean =>
  chosen === 'all' ? value === ALL : chosen.includes(value);

/** What is offered, All first. */
function optionsOf(choice: Choice, texts: Texts): Html[] {
  const offered = [...(choice.includesAll ? [{ value: ALL, text: texts.everything }] : []), ...choice.options];
  if (offered.length === 0) return [html`<option value="">${texts.nothingToChoose}</option>`];
  return offered.map(
    ({ value, text }) => html`<option value="${value}" ${isChosen(choice, value) && html` selected`}>${text}</option>`,
  );
}

const oneOf = (choice: Choice, texts: Texts): Html =>
  html`<label
    ><span>${choice.label}</span
    ><select name="var-${choice.name}">
      ${optionsOf(choice, texts)}
    </select></label
  >`;

/** Said in one line until somebody opens it; a list in which a click takes one and Ctrl with a click takes more. */
const severalOf = (choice: Choice, texts: Texts): Html =>
  html`<details class="several">
    <summary><span>${choice.label}</span><span class="said">${saidOf(choice, texts)}</span></summary>
    <select name="var-${choice.name}" multiple size="8" aria-label="${choice.label}">
      ${optionsOf(choice, texts)}
    </select>
  </details>`;

function saidOf({ chosen, options }: Choice, texts: Texts): string {
  if (chosen === 'all') return texts.everything;
  const [first, ...others] = chosen;
  if (others.length > 0) return texts.chosen(chosen.length);
  return options.find(({ value }) => value === first)?.text ?? texts.nothingToChoose;
}
