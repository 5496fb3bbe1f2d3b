// The month's quota. The vendors count an organisation's calls of all its apps together, but for those for
// tokens, and a call that was over the rate is not counted. Used up, every call is refused until the month
// is over. What a caller can still ask for is a token.

/** Counts the call where it is within the quota, and tells whether it is. */
export type Quota = (wallMs: number) => boolean;

/** @param callsPerMonth - `undefined` for no limit. */
export function createQuota(callsPerMonth: number | undefined): Quota {
  let month = '';
  let count = 0;
  return (wallMs) => {
    const now = new Date(wallMs).toISOString().slice(0, 7);
    if (now !== month) {
      month = now;
      count = 0;
    }
    if (callsPerMonth !== undefined && count >= callsPerMonth) return false;
    count += 1;
    return true;
  };
}
