// Looks at a settled month with nothing but the chain's metadata. Usage: node look.mjs ws://127.0.0.1:9944

import { ApiPromise, WsProvider } from '@polkadot/api';

const api = await ApiPromise.create({ provider: new WsProvider(process.argv[2]), noInitWarn: true });
const operators = await api.query.operators.operators.entries();
console.log(
  operators
    .map(([, operator]) => operator.unwrap().name.toUtf8())
    .sort()
    .join(', '),
);
const [[key]] = await api.query.statements.statements.entries();
const [agreement, period] = key.args;
const statement = (await api.call.interclearApi.statement(agreement, period)).unwrap();
console.log(`statement of agreement ${agreement}: ${statement.status}`);
const { tasks } = await api.call.interclearApi.tasks(0, null);
console.log(`tasks of operator 0: ${tasks.length}`);
await api.disconnect();
