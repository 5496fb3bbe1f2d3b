// `wikiform login`: a person agrees in a browser, and the tokens that come of it are kept for later runs.
// The authorisation code flow of OAuth 2 with PKCE, answered on loopback or by pasting.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import type { ProviderSettings } from '../../manifest/manifest.ts';
import type { Authorizer, Login } from '../../provider/login.ts';
import { loginToJson, renderLogin } from '../../render/login-report.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { duration, portNumber } from '../flag.ts';
import { withInterrupt } from '../interrupt.ts';
import { codeIn, failed, openCallback, pastedAnswer } from '../login-answer.ts';
import { type LoginStore, openLoginStore, orFail, requireLoginStore } from '../login-store.ts';
import { type LoginTarget, loginSettings, providerOption, refuseLogin, requireApp } from '../login-target.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';
import { openAuthorizer } from '../wiring.ts';

interface LoginOptions extends LoginTarget {
  readonly port: number;
  readonly opensBrowser: boolean;
  readonly timeoutMs: number;
  readonly scopes: readonly string[] | undefined;
}

interface LoginFlags extends GlobalFlags {
  readonly provider?: LoginTarget['provider'];
  readonly baseUrl?: string;
  readonly port: number;
  readonly browser: boolean;
  readonly timeout: number;
  readonly scope?: string;
}

/** The vendor sends answers only to addresses that the app names, so the port has to be a known one. */
const defaultPort = 18_290;

export function declareLogin(program: Declaration): void {
  const command = program
    .add({ name: 'login', description: 'log in, to work as yourself', example: 'wikiform login' })
    .addOption(providerOption())
    .option('--base-url <url>', "where the vendor's API is, where there is no manifest")
    .option('--port <port>', 'where on this machine the browser brings the answer', portNumber, defaultPort)
    .option('--no-browser', 'open no browser here; paste the address it was sent to')
    .option('--timeout <duration>', 'how long to wait for the answer (default: 5m)', duration, 300_000)
    .option('--scope <scopes>', 'what to ask for instead, parted by blanks');
  program.action<[], LoginFlags>(command, (context, flags) => {
    const { provider, baseUrl, port, browser, timeout, scope } = flags;
    const scopes = scope?.split(/\s+/).filter((one) => one !== '');
    return login({ provider, baseUrl, port, opensBrowser: browser, timeoutMs: timeout, scopes }, context);
  });
}

function login(options: LoginOptions, context: Context): Promise<ExitCode> {
  return withInterrupt(context, async (signal) => {
    const settings = loginSettings(options, context);
    if (context.settings.emulator) return emulated(context);
    const takesUsers = settings.capabilities.credentials.user.length > 0;
    const app = takesUsers ? requireApp(settings, context) : refuseLogin(settings);
    const authorizer = openAuthorizer(settings, app, context) ?? refuseLogin(settings);
    const store = requireLoginStore(openLoginStore(settings, app.appId, context));
    try {
      // Before anybody is sent to a browser: what is wrong with the file is known now.
      await orFail(store.file.load(store.key));
      const made = await authorize(authorizer, options, context, signal);
      await orFail(store.file.alone(() => store.file.save(store.key, made), signal));
      tell(made, settings, store, context);
      return exitCodes.done;
    } finally {
      await authorizer.close();
    }
  });
}

/** The emulator knows one person, who is always there. */
function emulated(context: Context): ExitCode {
  const { edge, settings } = context;
  if (settings.format === 'json')
    printJson({ formatVersion: '1.0', errored: false, emulator: true }, context);
  else edge.out('The emulator takes everybody: nobody has to log in.\n');
  return exitCodes.done;
}

/** Sends the person to the page, waits for the answer, and trades it for tokens. */
async function authorize(
  authorizer: Authorizer,
  options: LoginOptions,
  context: Context,
  signal: AbortSignal,
): Promise<Login> {
  const { edge, settings } = context;
  const { scopes = authorizer.scopes } = options;
  const [state, verifier] = [edge.secret(32), edge.secret(48)];
  const pastes = !options.opensBrowser && edge.isInteractive && settings.input;
  const callback = pastes ? undefined : await openCallback(options.port, state, context);
  const redirectUri = callback?.url ?? `http://127.0.0.1:${options.port}/callback`;
  const url = authorizer.authorizeUrl({ redirectUri, state, verifier, scopes });
  edge.err(`To log in, open this page and agree:\n\n  ${url}\n\n`);
  try {
    const answer =
      callback === undefined
        ? pastedAnswer(await edge.ask('Paste the address that the browser was sent to then: '), state)
        : await brought(callback.answer, redirectUri, url, options, context, signal);
    return await authorizer.exchange(codeIn(answer), { redirectUri, verifier }, signal);
  } finally {
    await callback?.close();
  }
}

/** Waits for the browser, and not for ever. */
async function brought(
  answer: (signal: AbortSignal) => Promise<URLSearchParams>,
  redirectUri: string,
  url: string,
  options: LoginOptions,
  { edge }: Context,
  signal: AbortSignal,
): Promise<URLSearchParams> {
  if (options.opensBrowser && !(await edge.openPage(url))) edge.err('No browser could be opened here.\n');
  edge.err(`Waiting for the answer at ${redirectUri}\n`);
  const over = new AbortController();
  const done = new AbortController();
  const late = failed(
    `No answer came within ${options.timeoutMs / 1000} s`,
    `See whether the app names ${redirectUri} among its redirect URLs in the developer console. Where the browser is on another machine: wikiform login --no-browser.`,
  );
  edge.clock.sleep(options.timeoutMs, done.signal).then(
    () => over.abort(late),
    () => undefined,
  );
  try {
    return await answer(AbortSignal.any([signal, over.signal]));
  } finally {
    done.abort();
  }
}

function tell(made: Login, settings: ProviderSettings, store: LoginStore, context: Context): void {
  const { label } = settings.capabilities;
  const { person, scopes, accessUntilMs, refreshUntilMs } = made;
  const until = { accessUntilMs, refreshUntilMs };
  const said = {
    ...store.key,
    ...until,
    person,
    scopes,
    label,
    provider: settings.kind,
    file: store.file.path,
  };
  if (made.refreshToken === undefined) reportDiagnostics([shortLived(made)], new Map(), context);
  if (context.settings.format === 'json') printJson(loginToJson(said), context);
  else context.edge.out(`${renderLogin(said)}\n`);
}

function shortLived({ accessUntilMs }: Login): ReturnType<typeof diagnostic> {
  return diagnostic('LOGIN_FAILED', {
    severity: 'warning',
    detail: `The login ends at ${new Date(accessUntilMs).toISOString()}, for it cannot be renewed: offline_access was not agreed to.`,
    help: 'Add offline_access to the permissions of the app in the developer console, publish a version of it, and log in again.',
  });
}
