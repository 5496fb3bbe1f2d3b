// The plan as one page for a browser: the wiki before and after, side by side, with the moves drawn
// between. It fetches nothing and sends nothing: its policy allows its own style and its own script, by
// their hashes, and no source beside. Titles reach the script as JSON and the screen as text, never as
// markup. Without the script it shows what a terminal does.

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { scopeTest } from '../../schedule/scope.ts';
import { oneLine } from '../clip.ts';
import { declaredTypes, pageDetail, spaceDetail } from '../plan-outline.ts';
import { renderSummary } from '../plan-summary.ts';
import { renderPlanTree } from '../plan-tree.ts';
import { plainStyle } from '../style.ts';
import { escapeHtml, scriptJson } from './markup.ts';
import { pageScript, pageScriptHash, pageStyle, pageStyleHash } from './page-asset.ts';
import type { PageData } from './page-data.ts';
import { errorHead, pageHead } from './page-head.ts';
import { pageMarks } from './page-mark.ts';
import { pageRows } from './page-row.ts';
import { pageStep } from './page-step.ts';
import { type TwoWikisInput, twoWikis, type WikiPage } from './two-wikis.ts';

export interface PageOptions extends TwoWikisInput {
  /** The vendor as people write it. */
  readonly label: string;
  /** The type that goes without saying. */
  readonly defaultType: string;
  /** Folds nothing at first. */
  readonly full?: boolean | undefined;
}

/** Rows from which on unchanged pages are counted instead of listed: a page has to open at once. */
const maxRows = 30_000;

/** A whole document. Takes time in proportion to the plan, the manifest and what was read. */
export function renderPlanPage(options: PageOptions): string {
  const { plan, label } = options;
  return documentOf(
    renderSummary(plan),
    `${pageHead(plan, label)}
<noscript><pre>${escapeHtml(plainText(options))}</pre></noscript>
<main id="main"></main>
<script type="application/json" id="plan">${scriptJson(pageData(options))}</script>
<script type="module">${pageScript}</script>`,
  );
}

/** The document where there is no plan to show. */
export function renderErrorsPage(diagnostics: readonly Diagnostic[]): string {
  return documentOf('No plan', errorHead(diagnostics));
}

function documentOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="wikiform">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `script-src '${pageScriptHash}'`,
  `style-src '${pageStyleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Plans of more steps than this are not laid out twice. */
const maxPlainSteps = 2_000;

function plainText({ plan, match, full, defaultType }: PageOptions): string {
  if (plan.steps.length > maxPlainSteps)
    return 'Without scripts this page shows no plan of this size; wikiform plan prints it.';
  return renderPlanTree(plan, match, { style: plainStyle, width: 120, full, defaultType });
}

function pageData(options: PageOptions): PageData {
  const { plan, match, full = false } = options;
  const wikis = twoWikis(options);
  const marks = pageMarks(plan, match, wikis);
  const detailOf = details(options);
  const isPlanned = plan.part === undefined ? () => true : scopeTest(plan.part.scope);
  const mostRows = full ? Number.POSITIVE_INFINITY : maxRows;
  const rows = pageRows(wikis, { marks, match, detailOf, isPlanned, maxRows: mostRows });
  return { rows, steps: plan.steps.map(pageStep), full };
}

/** What follows the title of what is declared; of what is not, nothing is known to say. */
function details({ plan, match, defaultType }: PageOptions): (page: WikiPage) => string {
  const typeOf = declaredTypes(plan, defaultType);
  return ({ address }) => {
    if (address === undefined) return '';
    const space = match.desired.spaces.get(address);
    if (space !== undefined) return oneLine(spaceDetail(space));
    const node = match.desired.nodes.get(address);
    return node === undefined ? '' : oneLine(pageDetail(node, typeOf(node)));
  };
}
