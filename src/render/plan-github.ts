// The plan as annotations on the manifest's own lines, for a workflow on GitHub: findings first, then
// steps, those that change what is there before those that add to it. GitHub shows ten annotations of a
// level per step of a workflow; what comes after them is counted, and stands in the summary.

import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { assertNever } from '../diagnostic/invariant.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import { counted } from './count.ts';
import { noteOf, tagOf } from './step-note.ts';
import { type Annotation, type AnnotationLevel, annotationLine } from './workflow-command.ts';

/** From a file's name as the manifest has it to its name in the repository. */
export type PathInRepository = (file: string) => string;

const mostOfLevel = 10;

/** One line each, errors first. */
export function planAnnotations(plan: Plan, pathOf: PathInRepository): readonly string[] {
  const found = plan.diagnostics.map(ofDiagnostic);
  const steps = [...plan.steps].sort((a, b) => weight(a) - weight(b)).map(ofStep);
  return lines([...found, ...steps], pathOf);
}

export function errorAnnotations(
  diagnostics: readonly Diagnostic[],
  pathOf: PathInRepository,
): readonly string[] {
  return lines(diagnostics.map(ofDiagnostic), pathOf);
}

function lines(all: readonly Annotation[], pathOf: PathInRepository): readonly string[] {
  const levels: readonly AnnotationLevel[] = ['error', 'warning', 'notice'];
  return levels.flatMap((level) => {
    const own = all.filter((annotation) => annotation.level === level);
    const shown = own.length > mostOfLevel ? own.slice(0, mostOfLevel - 1) : own;
    const left = own.length - shown.length;
    const more = {
      level,
      title: 'wikiform',
      message: `${counted(left, `more ${level}`)}: see the summary.`,
      source: undefined,
    };
    return [...shown, ...(left === 0 ? [] : [more])].map((annotation) =>
      annotationLine({ ...annotation, source: inRepository(annotation.source, pathOf) }),
    );
  });
}

const inRepository = (source: Source | undefined, pathOf: PathInRepository): Source | undefined =>
  source === undefined ? undefined : { ...source, file: pathOf(source.file) };

const levelOf: Readonly<Record<Severity, AnnotationLevel>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

function ofDiagnostic({ code, severity, summary, detail, help, source }: Diagnostic): Annotation {
  return { level: levelOf[severity], title: `${code} ${summary}`, message: `${detail}\n${help}`, source };
}

function ofStep(step: Step): Annotation {
  const { address, blocked, source } = step;
  const message = [`${address}: ${noteOf(step)}`, tagOf(step)].filter((part) => part !== '').join(' ');
  return { level: blocked === undefined ? 'notice' : 'warning', title: verbOf(step), message, source };
}

function verbOf({ kind, parks, archives }: Step): string {
  switch (kind) {
    case 'create-space':
      return 'create space';
    case 'create-node':
      return 'create';
    case 'copy-node':
      return 'copy';
    case 'move-node':
      return parks ? 'park' : archives ? 'archive' : 'move';
    case 'rename-node':
      return 'rename';
    default:
      return assertNever(kind);
  }
}

/** What changes pages that people have comes first; what people did themselves before all. */
function weight({ kind, origin, archives, parks }: Step): number {
  if (origin !== 'this-change') return 0;
  switch (kind) {
    case 'move-node':
      return archives ? 1 : parks ? 3 : 2;
    case 'rename-node':
      return 2;
    case 'copy-node':
    case 'create-space':
    case 'create-node':
      return 4;
    default:
      return assertNever(kind);
  }
}
