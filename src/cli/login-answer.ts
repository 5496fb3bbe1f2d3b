// The answer to a login: what the browser brings back to loopback, or what a person pastes.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { listenForRedirect, type RedirectListener } from '../provider/http/redirect-listener.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

/** @throws {CommandFailure} where the port cannot be had. */
export async function openCallback(port: number, state: string, context: Context): Promise<RedirectListener> {
  try {
    return await listenForRedirect({
      port,
      isOurs: (answer) => answer.get('state') === state,
      onStray: () => context.edge.err('An answer to another login came, and was left alone.\n'),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failed(
      `The answer would come to port ${port} of this machine, which cannot be had (${why})`,
      'End what uses the port, or name another one with --port; the app has to name its address, too.',
    );
  }
}

/** The code in the query that came back. @throws {CommandFailure} where there is none. */
export function codeIn(answer: URLSearchParams): string {
  const code = answer.get('code');
  if (code !== null && code !== '') return code;
  const isDenied = answer.get('error') === 'access_denied';
  throw failed(
    isDenied ? 'The page was told not to let wikiform in' : 'The answer holds no code',
    'Run wikiform login again, and agree on the page.',
  );
}

/** What was pasted: the whole address, or what stands behind its `?`. @throws {CommandFailure} */
export function pastedAnswer(pasted: string, state: string): URLSearchParams {
  const text = pasted.trim();
  const query = URL.canParse(text)
    ? new URL(text).searchParams
    : new URLSearchParams(text.replace(/^\?/, ''));
  if (query.get('state') === state) return query;
  const what = query.has('state')
    ? 'is the answer to another login'
    : 'is not the address that the browser was sent to';
  throw failed(
    `What was pasted ${what}`,
    'Run wikiform login again, and paste the address of the page that cannot be opened, as it is.',
  );
}

export function failed(detail: string, help: string): CommandFailure {
  return new CommandFailure([loginFailed(detail, help)]);
}

const loginFailed = (detail: string, help: string): Diagnostic =>
  diagnostic('LOGIN_FAILED', { detail: `${detail}.`, help });
