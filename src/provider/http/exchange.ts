// One request and its answer, as undici tells it. Invariant: settles exactly once, and knows for sure
// whether the request has begun to leave: undici calls `onRequestStart` before it writes the first
// byte, so without that call nothing was sent, whatever went wrong.

import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** The answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came in; not joined, because that would take its room twice. */
  readonly chunks: readonly Buffer[];
  readonly bytes: number;
}

/** Thrown by the exchange itself: the body grew over the bound. */
export class TooLargeError extends Error {}

export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<RawAnswer>;
  /** Whether a byte of the request may have left. */
  left = false;
  readonly #maxBytes: number;
  #settle: { resolve(answer: RawAnswer): void; reject(reason: unknown): void };
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: Error | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#settle = { resolve: () => undefined, reject: () => undefined };
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever awaits the answer still sees the failure; nobody may be waiting yet.
    this.answer.catch(() => undefined);
  }

  /** Gives up: at once when nothing has left yet, else by destroying the socket. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    this.#controller?.abort(reason);
    this.#settle.reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stopped === undefined) this.left = true;
    else controller.abort(this.#stopped);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.stop(new TooLargeError());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#settle.resolve({
      status: this.#status,
      headers: this.#headers,
      chunks: this.#chunks,
      bytes: this.#bytes,
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle.reject(this.#stopped ?? error);
  }
}
