// A law: what holds of any wiki, on every vendor. The vendor is a value that the law is handed; wikis and
// edits are drawn, and the vendors share the runs that the law has.

import fc from 'fast-check';
import { test } from 'vitest';
import { effort } from '../schedule/fuzz.ts';
import { type VendorUnderTest, vendorsUnderTest } from '../vendor.ts';

/** A wiki, its commits and their plans, over HTTP. */
const caseMs = 1000;

/**
 * @param share - of all random cases, for all vendors together.
 * @param drawn - what is drawn for each case.
 * @param hold - fails where the law is broken.
 */
export function law<Drawn extends readonly unknown[]>(
  name: string,
  share: number,
  drawn: { readonly [At in keyof Drawn]: fc.Arbitrary<Drawn[At]> },
  hold: (vendor: VendorUnderTest, ...drawn: Drawn) => Promise<void>,
  afterwards: (vendor: VendorUnderTest) => void = () => {},
): void {
  for (const vendor of vendorsUnderTest) {
    const { parameters, timeoutMs } = effort(share * vendor.share, caseMs);
    test(
      `${vendor.kind}: ${name}`,
      async () => {
        const cases = fc.tuple(...drawn) as unknown as fc.Arbitrary<Drawn>;
        await fc.assert(
          fc.asyncProperty(cases, (each) => hold(vendor, ...each)),
          parameters,
        );
        afterwards(vendor);
      },
      timeoutMs,
    );
  }
}
