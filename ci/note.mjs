// One note on a pull or merge request, updated in place: it is known by a marker at its head, and by who
// wrote it, so that nobody can have another's note overwritten by copying the marker.

/**
 * @typedef {{ id: number | string, body: string, author: string }} Note
 * @typedef {{ whoAmI(): Promise<string>, list(page: number): Promise<Note[]>, create(body: string): Promise<void>,
 *   update(id: Note['id'], body: string): Promise<void> }} Notes
 */

/** Requests with more notes than this get a second one; nobody reads on so far. */
const mostPages = 30;
export const notesPerPage = 100;

/**
 * @param {Notes} notes
 * @param {string} marker
 * @param {string} body
 * @returns {Promise<'created' | 'updated'>}
 */
export async function upsertNote(notes, marker, body) {
  const text = `${marker}\n${body}`;
  const own = await findOwn(notes, marker);
  if (own === undefined) await notes.create(text);
  else await notes.update(own.id, text);
  return own === undefined ? 'created' : 'updated';
}

async function findOwn(notes, marker) {
  const me = await notes.whoAmI();
  for (let page = 1; page <= mostPages; page += 1) {
    const found = await notes.list(page);
    const own = found.find(({ body, author }) => author === me && body.startsWith(marker));
    if (own !== undefined || found.length < notesPerPage) return own;
  }
  return undefined;
}

/** A pipeline may plan several manifests, or one space per job; each has a note of its own. */
export function markerOf({ WIKIFORM_FILE = 'wikiform.yaml', WIKIFORM_SPACE = '' }) {
  const name = [WIKIFORM_FILE, WIKIFORM_SPACE].filter((part) => part !== '').join(' ');
  // Hidden in HTML: nothing may end the comment.
  return `<!-- wikiform ${encodeURIComponent(name).replaceAll('-', '%2D')} -->`;
}

export class ApiError extends Error {
  /** @param {number} status */
  constructor(status, what) {
    super(`${what}: HTTP ${status}`);
    this.status = status;
  }
}

/** One call to a host's API; redirects are not followed, for they would take the token along. */
export async function callApi(url, { method = 'GET', headers, body } = {}) {
  const answer = await fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
    headers: { 'user-agent': 'wikiform', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new ApiError(answer.status, `${method} ${new URL(url).pathname}`);
  return answer.json();
}
