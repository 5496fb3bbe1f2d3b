// The pipeline as a library: text to manifest, manifest and wiki to plan, plan to wiki. What is not
// exported here is nobody's business and may change.

export { type ApplyInput, type ApplyResult, apply } from './apply/apply.ts';
export type { ApplyEvent, StepError, StepResult, StepStatus } from './apply/event.ts';
export type { DiagnosticCode } from './diagnostic/code.ts';
export type { Diagnostic, RelatedPlace, Severity } from './diagnostic/diagnostic.ts';
export { InvariantError } from './diagnostic/invariant.ts';
export type { Source } from './diagnostic/source.ts';
export type { Change, ChangeKind, Difference, Origin } from './diff/change.ts';
export { type AddressMatcher, addressMatcher } from './diff/glob.ts';
export type { Match, NodeMatch, Rule, SpaceMatch } from './diff/match.ts';
export { type Compiled, type CompileInput, compile } from './manifest/compile.ts';
export type { FileContent, IncludeMatch, ManifestFiles } from './manifest/files.ts';
export type { Guard, Manifest, ProviderSettings, StateSettings } from './manifest/manifest.ts';
export type { Clock } from './provider/clock.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './provider/emulator/server.ts';
export type { ProviderEvent } from './provider/http/event.ts';
export type { CallCounts, Operation, Outcome, Provider, ReadRequest, Sighting } from './provider/provider.ts';
export { ProviderError, type ProviderErrorKind } from './provider/provider-error.ts';
export { capabilitiesByVendor, createProvider, type ProviderOptions } from './provider/registry.ts';
export { renderDiagnostics } from './render/diagnostics.ts';
export { type PlanDocument, planToJson } from './render/plan-json.ts';
export { renderPlanTree } from './render/plan-tree.ts';
export type { Part, Plan, Step, Summary } from './schedule/plan.ts';
export { type Scheduled, type ScheduleInput, schedule } from './schedule/schedule.ts';
export type { Scope } from './schedule/scope.ts';
export type { Intent, Remains, Stray, Unfinished } from './state/journal.ts';
export { emptyState, type NodeBinding, type SpaceBinding, type State } from './state/state.ts';
export { stateFile } from './state/state-file.ts';
export { type LoadedState, type StateStore, StateWriteError } from './state/state-store.ts';
export { type Recovered, type Resumption, resume } from './survey/recovery.ts';
export { type Survey, type SurveyInput, survey } from './survey/survey.ts';
export { readWhole, type Whole, type WholeInput } from './survey/whole.ts';
export type { Capabilities, Identity, VendorKind } from './tree/capability.ts';
export type { DesiredNode, DesiredSpace, DesiredTree } from './tree/desired.ts';
export type { Address, NodeId, SpaceId } from './tree/identifier.ts';
export type { Limits, Rate } from './tree/limit.ts';
export type { LiveNode, LiveSpace, LiveTree } from './tree/live.ts';
