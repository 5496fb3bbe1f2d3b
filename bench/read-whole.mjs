// A process of its own: reads a space whole, and does nothing with it. Arguments: the address of the API.

import { systemEdge } from '../dist/cli/system-edge.js';
import { feishuCapabilities } from '../dist/provider/feishu/capability.js';
import { createFeishuProvider } from '../dist/provider/feishu/provider.js';
import { readWhole } from '../dist/survey/whole.js';

const pace = Object.fromEntries(
  Object.keys(feishuCapabilities.pace).map((endpoint) => [endpoint, { count: 1_000_000, windowMs: 1 }]),
);
const provider = createFeishuProvider({
  capabilities: { ...feishuCapabilities, pace },
  baseUrl: process.argv[2],
  identity: 'user',
  credentials: { userAccessToken: 'u-bench' },
  clock: systemEdge().clock,
  random: Math.random,
  onEvent: () => undefined,
});
const { spaces } = await provider.read({ kind: 'list-spaces' });
const { live, readCalls } = await readWhole({ spaces: spaces.map(({ id }) => id), provider });
console.log(JSON.stringify({ pages: live.nodes.size, readCalls }));
await provider.close();
