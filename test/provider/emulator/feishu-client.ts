// The plainest client of Feishu's API, for tests: one request, the answer as it came.

/** What the tests look for in the vendor's JSON. */
interface FeishuJson {
  readonly code?: number;
  readonly msg?: string;
  readonly tenant_access_token?: string;
  readonly expire?: number;
  readonly data?: {
    readonly space?: { readonly space_id: string };
    readonly node?: { readonly node_token: string; readonly obj_token: string };
    readonly items?: readonly { readonly title?: string; readonly name?: string }[];
    readonly page_token?: string;
    readonly has_more?: boolean;
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is not JSON. */
  readonly json: FeishuJson;
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below `/open-apis`, query included. */
  readonly path: string;
  readonly token?: string;
  /** An object goes as JSON, a string as it is. */
  readonly body?: object | string;
}

function parsed(text: string): FeishuJson {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Asks the emulator at `url`. @throws {TypeError} where the connection is cut. */
export async function ask(url: string, { method, path, token, body }: Ask): Promise<Answer> {
  const response = await fetch(`${url}/open-apis${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** The tenant token of this app. */
export async function tenantToken(url: string, appId = 'cli_test', secret = 'secret'): Promise<string> {
  const path = '/auth/v3/tenant_access_token/internal';
  const answer = await ask(url, { path, body: { app_id: appId, app_secret: secret } });
  return answer.json.tenant_access_token ?? '';
}
