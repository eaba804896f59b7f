-- One row: which chain this is of, and how far it goes.
CREATE TABLE archive (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    chain TEXT NOT NULL,
    genesis TEXT NOT NULL,
    first_block BIGINT NOT NULL,
    newest_block BIGINT NOT NULL,
    newest_hash TEXT NOT NULL,
    entries BIGINT NOT NULL
);

-- What describes the octets of a block's transactions, and all names.
CREATE TABLE runtimes (
    version BIGINT PRIMARY KEY,
    first_block BIGINT NOT NULL,
    metadata {octets} NOT NULL
);

-- Final blocks; `time` in milliseconds since 1970.
CREATE TABLE blocks (
    number {row} PRIMARY KEY,
    hash TEXT NOT NULL,
    state_root TEXT NOT NULL,
    time BIGINT NOT NULL,
    runtime BIGINT NOT NULL
);

-- Transactions of accounts; `error` is null where one succeeded.
CREATE TABLE extrinsics (
    block BIGINT NOT NULL,
    place BIGINT NOT NULL,
    hash TEXT NOT NULL,
    pallet TEXT NOT NULL,
    call TEXT NOT NULL,
    signer TEXT,
    error TEXT,
    octets {octets} NOT NULL,
    PRIMARY KEY (block, place)
) {ordered};

CREATE INDEX extrinsics_by_signer ON extrinsics (signer, block);

-- What the pallets have told, in its order.
CREATE TABLE events (
    block BIGINT NOT NULL,
    place BIGINT NOT NULL,
    extrinsic BIGINT,
    pallet TEXT NOT NULL,
    name TEXT NOT NULL,
    fields {json} NOT NULL,
    PRIMARY KEY (block, place)
) {ordered};

CREATE INDEX events_by_name ON events (pallet, name, block);

-- What the pallets have held: from `from_block` on, and until before `to_block`, if that is not null; `gone` is 1 where nothing took
-- its place.
CREATE TABLE state (
    id {row} PRIMARY KEY,
    pallet TEXT NOT NULL,
    item TEXT NOT NULL,
    key {json} NOT NULL,
    value {json} NOT NULL,
    from_block BIGINT NOT NULL,
    to_block BIGINT,
    gone BIGINT NOT NULL,
    storage_key {octets} NOT NULL
);

CREATE UNIQUE INDEX state_now ON state (storage_key) WHERE to_block IS NULL;
CREATE INDEX state_by_item ON state (pallet, item, from_block);
