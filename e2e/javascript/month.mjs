// After a month has been settled: polkadot.js, with nothing but the chain's metadata, reads operators and the statement,
// puts a motion to the council, and signs an amendment. Usage: node month.mjs ws://127.0.0.1:9944

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { blake2AsHex } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';

const api = await ApiPromise.create({ provider: new WsProvider(process.argv[2]), noInitWarn: true });
const keyring = new Keyring({ type: 'sr25519' });
const key = (uri) => keyring.addFromUri(uri);

/** Signs, submits, waits for finality, and returns the events. */
const send = (call, signer) =>
  new Promise((resolve, reject) => {
    call
      .signAndSend(signer, ({ status, events, dispatchError }) => {
        if (dispatchError) {
          const { section, name, docs } = dispatchError.isModule
            ? api.registry.findMetaError(dispatchError.asModule)
            : { section: '', name: dispatchError.toString(), docs: [] };
          reject(new Error(`${section}.${name}: ${docs.join(' ')}`));
        } else if (status.isFinalized) {
          resolve(events.map(({ event }) => event));
        }
      })
      .catch(reject);
  });

const find = (events, section, method) => {
  const event = events.find((event) => event.section === section && event.method === method);
  assert(event, `${section}.${method} among ${events.map((e) => `${e.section}.${e.method}`).join(' ')}`);
  return event;
};

// Operators, from storage and through the runtime API.
const operators = await api.query.operators.operators.entries();
assert.equal(operators.length, 3);
const names = operators.map(([, operator]) => operator.unwrap().name.toUtf8()).sort();
assert.deepEqual(names, ['Alpha Mobile', 'Beta Telecom', 'Gamma Bank']);
const alpha = (await api.call.interclearApi.operator(0)).unwrap();
assert.equal(alpha.name.toUtf8(), 'Alpha Mobile');

// The statement of the closed month.
const [[statementKey]] = await api.query.statements.statements.entries();
const [agreement, period] = statementKey.args;
const statement = (await api.call.interclearApi.statement(agreement, period)).unwrap();
assert(statement.status.isAffirmed, statement.status.toString());
assert(statement.lines.length > 0);

// A motion of the council, carried by two of three.
const motion = api.tx.operators.setNetworks(2, [], [{ mcc: 270, mnc: 97 }]);
const proposed = find(
  await send(api.tx.council.propose(2, motion, motion.encodedLength), key('//Alice')),
  'council',
  'Proposed',
);
const [, index, hash] = proposed.data;
await Promise.all(['//Alice', '//Bob'].map((uri) => send(api.tx.council.vote(hash, index, true), key(uri))));
const weight = { refTime: 200_000_000_000, proofSize: 1_000_000 };
const closed = await send(api.tx.council.close(hash, index, weight, motion.encodedLength), key('//Bob'));
assert(find(closed, 'council', 'Executed').data[1].isOk);
assert.equal(find(closed, 'operators', 'NetworksSet').data.operator.toNumber(), 2);

// An amendment with the same terms, from the month after the closed one, signed by both.
const version = statement.version;
const terms = (await api.call.interclearApi.terms(agreement, version)).unwrap();
const year = Math.floor(period.toNumber() / 100);
const next = period.toNumber() % 100 === 12 ? (year + 1) * 100 + 1 : period.toNumber() + 1;
await send(api.tx.agreements.amend(agreement, next, terms), key('//Alpha//commercial'));
const offered = version.toNumber() + 1;
const sign = api.tx.agreements.sign(agreement, offered, blake2AsHex(terms.toU8a(), 256));
const signatures = await Promise.all(
  ['//Alpha//commercial', '//Beta//commercial'].map((uri) => send(sign, key(uri))),
);
assert(signatures.flat().some((event) => event.section === 'agreements' && event.method === 'Activated'));

// A role that does not fit is refused in words.
await assert.rejects(send(sign, key('//Alpha//treasury')), /CommercialRoleRequired/);
// A stranger is refused at the pool.
await assert.rejects(send(sign, key('//Stranger')), /Invalid signing address/);

console.log(`polkadot.js: ${names.join(', ')}; statement of ${period} with ${statement.lines.length} lines; motion and amendment carried`);
await api.disconnect();
