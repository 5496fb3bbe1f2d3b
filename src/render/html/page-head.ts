// What stands above the trees: what the plan amounts to, what it costs, and everything found on the way.
// It is plain markup, so that it is there without the script and on paper.

import { type Diagnostic, type Severity, sortDiagnostics } from '../../diagnostic/diagnostic.ts';
import type { Plan } from '../../schedule/plan.ts';
import { oneLine } from '../clip.ts';
import { counted } from '../count.ts';
import { formatSource } from '../diagnostics.ts';
import { renderSummary } from '../plan-summary.ts';
import { printable } from '../printable.ts';
import { escapeHtml } from './markup.ts';

export function pageHead(plan: Plan, label: string): string {
  const [what = '', ...cost] = renderSummary(plan).split(' · ');
  // Errors stand below, in full.
  const costs = cost.filter((part) => !/ errors?$/.test(part));
  const facts = [...costs, ...leftAlone(plan)].map((fact) => `<li>${escapeHtml(fact)}</li>`);
  return `<header id="head">
<p id="brand"><b>wikiform</b> plan for ${escapeHtml(label)}</p>
<h1>${escapeHtml(what.replace(/^Plan: /, ''))}</h1>
<ul id="facts">${facts.join('')}<li id="digest"><span>digest</span> <code>${escapeHtml(plan.digest)}</code></li></ul>
${findings(plan.diagnostics)}</header>`;
}

/** The head where there is no plan. */
export function errorHead(diagnostics: readonly Diagnostic[]): string {
  return `<header id="head">
<p id="brand"><b>wikiform</b> plan</p>
<h1>No plan</h1>
${findings(diagnostics)}</header>`;
}

function leftAlone({ summary: { unchanged, unmanaged }, forgotten, base }: Plan): string[] {
  return [
    ...(unchanged === 0 ? [] : [`${counted(unchanged, 'page')} unchanged`]),
    ...(unmanaged === 0 ? [] : [`${counted(unmanaged, 'page')} not declared, left alone`]),
    ...(base === undefined ? [] : [`base ${oneLine(base.ref)} (${base.commit.slice(0, 7)})`]),
    ...(forgotten.length === 0 ? [] : [`to forget, left in the wiki: ${named(forgotten)}`]),
  ];
}

function named(addresses: readonly string[]): string {
  const some = addresses.slice(0, 5).map(oneLine).join(', ');
  return addresses.length > 5 ? `${some} and ${counted(addresses.length - 5, 'more', 'more')}` : some;
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors stand open; where there are only remarks, one has to ask for them. */
function findings(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '';
  const sorted = sortDiagnostics(diagnostics).toSorted((a, b) => order[a.severity] - order[b.severity]);
  const count = (severity: Severity): number => sorted.filter((found) => found.severity === severity).length;
  const parts = [
    ...(count('error') === 0 ? [] : [counted(count('error'), 'error')]),
    ...(count('warning') === 0 ? [] : [counted(count('warning'), 'warning')]),
    ...(count('info') === 0 ? [] : [counted(count('info'), 'note')]),
  ];
  const isOpen = count('error') > 0 ? ' open' : '';
  return `<details id="findings"${isOpen}>
<summary>${parts.join(', ')}</summary>
<ol>
${sorted.map(finding).join('\n')}
</ol>
</details>
`;
}

function finding({ severity, code, summary, detail, help, source, related = [] }: Diagnostic): string {
  const places = [...(source === undefined ? [] : [source]), ...related.map((place) => place.source)];
  const where = places.map((place) => `<code>${escapeHtml(formatSource(place))}</code>`).join(' ');
  return `<li class="${severity}"><p><b>${severity}</b> <code>${code}</code> ${escapeHtml(summary)} ${where}</p>
<p>${paragraph(detail)}</p><p class="help">${paragraph(help)}</p></li>`;
}

const paragraph = (text: string): string => escapeHtml(printable(text)).replaceAll('\n', '<br>');
