// After a month has been settled: smoldot, a light client, finds the chain over WebSocket, with nothing but its specification, checks what
// the validators voted for, and reads a statement with proof: as it is in the state, and by running the runtime on proven state. What it
// has read must be what a full node says of the same block.
// Usage: node light.mjs ws://127.0.0.1:9944 raw-specification.json

import { ApiPromise, WsProvider } from '@polkadot/api';
import { u8aConcat, u8aToHex } from '@polkadot/util';
// smoldot by another name, for @polkadot/api comes with an older one.
import { start } from 'light-client';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const PATIENCE_SECONDS = 240;
const [url, specification] = process.argv.slice(2);
const overdue = setTimeout(() => {
  console.error(`the light client has read no statement within ${PATIENCE_SECONDS} s`);
  process.exit(1);
}, PATIENCE_SECONDS * 1_000);

const node = new WsProvider(url);
const full = await ApiPromise.create({ provider: node, noInitWarn: true });
const settled = (await full.rpc.chain.getHeader(await full.rpc.chain.getFinalizedHead())).number.toNumber();

// All that it is told: the specification, and the address of one node.
const addresses = (await full.rpc.system.localListenAddresses()).map((address) => address.toString());
const address = addresses.find((address) => /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws\/p2p\//.test(address));
assert(address, `the node listens for WebSocket on loopback: ${addresses.join(' ')}`);
const chainSpec = JSON.stringify({ ...JSON.parse(readFileSync(specification, 'utf8')), bootNodes: [address] });

const client = start({
  maxLogLevel: 2,
  logCallback: (_, target, message) => console.error(`${target}: ${message}`),
  // As in a browser.
  forbidTcp: true,
});
const chain = await client.addChain({ chainSpec });

// Answers come by the id of the question, events in the order in which things happen.
const questions = new Map();
const events = [];
let wake = () => {};
(async () => {
  for await (const text of chain.jsonRpcResponses) {
    const { id, result, error, params } = JSON.parse(text);
    if (params) {
      events.push(params);
      wake();
    } else {
      const { resolve, reject } = questions.get(id);
      questions.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }
})();
let asked = 0;
const ask = (method, ...params) =>
  new Promise((resolve, reject) => {
    asked += 1;
    questions.set(asked, { resolve, reject });
    chain.sendJsonRpc(JSON.stringify({ jsonrpc: '2.0', id: asked, method, params }));
  });
/** The next event of what is followed. */
const next = async (follow) => {
  for (;;) {
    const event = events.shift();
    if (event?.subscription === follow) return event.result;
    if (!event) await new Promise((resolve) => (wake = resolve));
  }
};

/** Follows the chain until a block of this number, or a later one, is final, which it keeps. */
const untilFinal = async (least) => {
  for (;;) {
    const follow = await ask('chainHead_v1_follow', true);
    for (;;) {
      const event = await next(follow);
      // It has jumped to a newer block, and begins again from there.
      if (event.event === 'stop') break;
      if (event.event === 'initialized') {
        const runtime = event.finalizedBlockRuntime;
        assert.equal(runtime.type, 'valid', `the runtime is read: ${JSON.stringify(runtime)}`);
        assert.equal(runtime.spec.specName, 'interclear');
      }
      if (!event.finalizedBlockHashes) continue;
      const hash = event.finalizedBlockHashes.at(-1);
      const header = full.createType('Header', await ask('chainHead_v1_header', follow, hash));
      const number = header.number.toNumber();
      if (number >= least) return { follow, hash, number };
      await ask('chainHead_v1_unpin', follow, event.finalizedBlockHashes);
    }
  }
};

/** What comes of an operation on a block, event by event. */
const operate = async (method, follow, ...params) => {
  for (;;) {
    const begun = await ask(method, follow, ...params);
    assert.equal(begun.result, 'started', `${method}: ${JSON.stringify(begun)}`);
    const told = [];
    let last;
    do {
      last = await next(follow);
      assert.notEqual(last.event, 'stop', `${method}: the light client has lost the block`);
      if (last.operationId === begun.operationId) told.push(last);
    } while (last.operationId !== begun.operationId || last.event === 'operationStorageItems');
    if (last.event.endsWith('Done')) return told;
    // Nobody has answered in time, so it is asked again.
    assert.equal(last.event, 'operationInaccessible', `${method}: ${JSON.stringify(last)}`);
  }
};

const { follow, hash, number } = await untilFinal(settled);
assert.equal(hash, (await full.rpc.chain.getBlockHash(number)).toHex(), 'it follows the same chain');

// What a full node says, as it says it.
const [[key, statement]] = await (await full.at(hash)).query.statements.statements.entries();
const [agreement, period] = key.args;
const stored = await node.send('state_getStorage', [key.toHex(), hash]);
const parameters = u8aToHex(u8aConcat(agreement.toU8a(), period.toU8a()));
const answered = await node.send('state_call', ['InterclearApi_statement', parameters, hash]);

// The same from the light client, which has checked every octet against the final block's state root.
const read = async (key) => {
  const told = await operate('chainHead_v1_storage', follow, hash, [{ key, type: 'value' }], null);
  return told.flatMap(({ items }) => items ?? []).map(({ value }) => value);
};
assert.deepEqual(await read(key.toHex()), [stored]);
const [{ output }] = await operate('chainHead_v1_call', follow, hash, 'InterclearApi_statement', parameters);
assert.equal(output, answered);
// Of an agreement that is not there, it is proven that there is none.
assert.deepEqual(await read(full.query.statements.statements.key(agreement.toNumber() + 1_000, period)), []);

console.log(
  `smoldot: statement of agreement ${agreement} for ${period}, ${statement.unwrap().status}, read with proof at final block ${number}`,
);
// What it has read is said; its answers never end by themselves.
clearTimeout(overdue);
await full.disconnect();
process.exit(0);
