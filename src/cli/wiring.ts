// Where the vendors are plugged in: the one file that imports the registry. A connection is a provider
// with credentials from the environment, or, with `--emulator`, one that speaks to an emulator in this
// process.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Manifest, ProviderSettings } from '../manifest/manifest.ts';
import type { Authorizer, LoginKeeper } from '../provider/login.ts';
import type { CallCounts, Provider } from '../provider/provider.ts';
import {
  capabilitiesByVendor,
  createAuthorizer,
  createProvider,
  emulationOf,
  type LoginOptions,
  type ProviderOptions,
} from '../provider/registry.ts';
import { type PaceFile, paceFile } from '../state/pace-file.ts';
import {
  accountOf,
  type Credentials,
  chooseIdentity,
  emulatedCredentials,
  emulatedIdentity,
  readCredentials,
} from './credential.ts';
import { loginKeeper, openLoginStore, orFail } from './login-store.ts';
import { type Progress, startProgress } from './progress.ts';
import { CommandFailure, reportDiagnostics } from './report.ts';
import type { Context } from './settings.ts';

export const knownCapabilities = capabilitiesByVendor;
export const emulatedVendor = emulationOf;

export interface Connection {
  readonly provider: Provider;
  readonly progress: Progress;
  close(): Promise<void>;
}

/** @throws {CommandFailure} when credentials are missing. */
export async function connect(
  manifest: Manifest,
  localPath: string | undefined,
  context: Context,
): Promise<Connection> {
  return context.settings.emulator
    ? connectToEmulator(manifest, localPath, context)
    : connectToVendor(manifest, localPath, context);
}

async function connectToVendor(
  { provider: settings }: Manifest,
  localPath: string | undefined,
  context: Context,
): Promise<Connection> {
  const credentials = readCredentials(context.edge.env, settings.capabilities);
  const keeper = await findLogin(settings, credentials, context);
  const hasLogin = keeper !== undefined;
  const chosen = chooseIdentity(credentials, settings.identity, settings.capabilities, hasLogin);
  if ('diagnostic' in chosen) throw new CommandFailure([chosen.diagnostic]);
  const progress = startProgress(context);
  let forgotten: Diagnostic | undefined;
  const onTrouble = (warning: Diagnostic): void => {
    forgotten = warning;
  };
  const provider = createProvider(settings.kind, {
    ...common(context),
    baseUrl: settings.baseUrl,
    identity: chosen.identity,
    credentials,
    keeper,
    pace: settings.pace,
    ...(localPath === undefined
      ? {}
      : {
          paceMemory: openPaceFile(
            settings,
            localPath,
            accountOf(credentials, settings.capabilities),
            onTrouble,
            context,
          ),
        }),
    proxy: proxySettings(context),
    onEvent: progress.onProviderEvent,
  });
  return {
    provider,
    progress,
    async close() {
      await provider.close();
      if (forgotten === undefined || !fillsWindows(provider.calls(), settings.pace)) return;
      reportDiagnostics([forgotten], new Map(), context);
    },
  };
}

/** Whether another run as large as this one, at once after it, could go over the rate. */
function fillsWindows({ byEndpoint }: CallCounts, pace: ProviderSettings['pace']): boolean {
  return Object.entries(byEndpoint).some(
    ([endpoint, count]) => count * 2 > (pace[endpoint]?.count ?? Infinity),
  );
}

/** The login of whoever works here; not looked for where the environment has a token, which goes before it. */
async function findLogin(
  settings: ProviderSettings,
  { appId, appSecret, userAccessToken }: Credentials,
  context: Context,
): Promise<LoginKeeper | undefined> {
  if (appId === undefined || appSecret === undefined || userAccessToken !== undefined) return undefined;
  const store = openLoginStore(settings, appId, context);
  if (store === undefined || (await orFail(store.file.load(store.key))) === undefined) return undefined;
  return loginKeeper(store, context);
}

/** How a person logs in; `undefined` for a vendor that has no such thing. */
export function openAuthorizer(
  settings: ProviderSettings,
  app: { readonly appId: string; readonly appSecret: string },
  context: Context,
): Authorizer | undefined {
  const { baseUrl, kind } = settings;
  return createAuthorizer(kind, { ...common(context), ...app, baseUrl, proxy: proxySettings(context) });
}

function proxySettings({ edge: { env } }: Context): NonNullable<ProviderOptions['proxy']> {
  return {
    httpProxy: env.HTTP_PROXY ?? env.http_proxy,
    httpsProxy: env.HTTPS_PROXY ?? env.https_proxy,
    noProxy: env.NO_PROXY ?? env.no_proxy,
  };
}

/** Of a rate's calls, one in so many may be taken for made that were not. */
const leastShare = 1000;

/** A minute is the least that is kept: the call for tokens has a window that no manifest sets. */
function openPaceFile(
  settings: ProviderSettings,
  statePath: string,
  appId: string | undefined,
  onTrouble: (warning: Diagnostic) => void,
  context: Context,
): PaceFile {
  return paceFile({
    statePath,
    host: new URL(settings.baseUrl).host,
    appId,
    keepMs: Math.max(60_000, ...Object.values(settings.pace).map(({ windowMs }) => windowMs)),
    together: (endpoint) => Math.max(1, Math.floor((settings.pace[endpoint]?.count ?? 0) / leastShare)),
    wallMs: () => context.edge.clock.wallMs(),
    onTrouble,
  });
}

/** The emulator lets calls through as fast as they come: waiting for its rate would try nothing. */
async function connectToEmulator(
  { provider: settings }: Manifest,
  localPath: string | undefined,
  context: Context,
): Promise<Connection> {
  const { startEmulation, worldPath } = await import('./emulation.ts');
  const { clock } = context.edge;
  const { limits } = settings;
  const worldFile = localPath === undefined ? undefined : worldPath(localPath);
  const emulation = await startEmulation({
    clock,
    vendor: emulationOf(settings.kind),
    worldFile,
    port: 0,
    keepsRates: false,
    limits,
  });
  const progress = startProgress(context);
  const unlimited = Object.keys(settings.pace).map((endpoint) => [
    endpoint,
    { count: 1_000_000, windowMs: 1 },
  ]);
  const provider = createProvider(settings.kind, {
    ...common(context),
    baseUrl: emulation.emulator.url,
    identity: emulatedIdentity(settings.capabilities),
    credentials: emulatedCredentials(settings.capabilities),
    pace: Object.fromEntries(unlimited),
    onEvent: progress.onProviderEvent,
  });
  return {
    provider,
    progress,
    async close() {
      await provider.close();
      await emulation.close();
    },
  };
}

function common({ edge, settings }: Context): Pick<LoginOptions, 'clock' | 'random' | 'callTimeoutMs'> {
  return { clock: edge.clock, random: edge.random, callTimeoutMs: settings.callTimeoutMs };
}
