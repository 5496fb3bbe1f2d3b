// What the emulator was asked, as tests look at it afterwards. Bounded: the oldest entries go first.

export interface RequestRecord {
  /** Such as `create-node`; `unknown` for a path the vendor does not have. */
  readonly endpoint: string;
  readonly method: string;
  readonly path: string;
  /** 0 while unanswered, and for a connection that was cut. */
  readonly status: number;
  /** The vendor's code; `undefined` in an answer that is not the vendor's JSON. */
  readonly code: number | string | undefined;
  /** The handed clock's monotonic reading on arrival. */
  readonly atMs: number;
  /** Counts the requests in the order of their arrival, from 1. */
  readonly startedOrder: number;
  /** The fault that the call met. */
  readonly fault: string | undefined;
}

interface LogEntry {
  /** The request's `startedOrder`. */
  readonly order: number;
  /** Adds what became of it. */
  finish(status: number, code: number | string | undefined): void;
}

export interface RequestLog {
  /** Writes the request down on its arrival. */
  begin(parts: Omit<RequestRecord, 'status' | 'code' | 'startedOrder'>): LogEntry;
  records(): readonly RequestRecord[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export function createRequestLog(capacity: number): RequestLog {
  const kept: Mutable<RequestRecord>[] = [];
  let started = 0;
  return {
    begin(parts) {
      started += 1;
      const record: Mutable<RequestRecord> = { ...parts, status: 0, code: undefined, startedOrder: started };
      kept.push(record);
      if (kept.length >= capacity * 2) kept.splice(0, kept.length - capacity);
      return {
        order: record.startedOrder,
        finish(status, code) {
          record.status = status;
          record.code = code;
        },
      };
    },
    records: () => kept.slice(-capacity).map((record) => ({ ...record })),
  };
}
