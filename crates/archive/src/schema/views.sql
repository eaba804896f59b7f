-- The newest that is known of each thing, whether the chain still holds it or not. Amounts are in minor units, as `decimals` says; quantities
-- in millionths; moments in seconds since 1970. `from_block` is the block that made it what it is.

-- The newest value of every key: what holds, and what was last before nothing took its place.
CREATE VIEW newest AS
SELECT * FROM state WHERE to_block IS NULL OR gone = 1;

-- Members of the network.
CREATE VIEW operators AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS operator,
    value ->> 'name' AS name,
    value ->> 'status' AS status,
    value -> 'tadigs' AS tadigs,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Operators' AND item = 'Operators';

-- Every version of the terms of every agreement, as it was signed.
CREATE VIEW terms AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS agreement,
    CAST(key ->> 1 AS BIGINT) AS version,
    value ->> 'first' AS first_month,
    value ->> 'last' AS last_month,
    value ->> 'currency' AS currency,
    value AS terms,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Agreements' AND item = 'TermsOf';

-- What two operators owe each other for a month: `net` is what the first party pays the second, or gets if it is negative.
CREATE VIEW statements AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS agreement,
    key ->> 1 AS period,
    CAST(value -> 'parties' ->> 0 AS BIGINT) AS first_party,
    CAST(value -> 'parties' ->> 1 AS BIGINT) AS second_party,
    CAST(value ->> 'version' AS BIGINT) AS terms_version,
    value ->> 'currency' AS currency,
    CAST(value ->> 'decimals' AS BIGINT) AS decimals,
    CAST(value -> 'totals' ->> 0 AS {amount}) AS first_total,
    CAST(value -> 'totals' ->> 1 AS {amount}) AS second_total,
    CAST(value ->> 'net' AS {amount}) AS net,
    value ->> 'status' AS status,
    CAST(value ->> 'issued_at' AS BIGINT) AS issued_at,
    CAST(value ->> 'due' AS BIGINT) AS due,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Statements' AND item = 'Statements';

-- Lines of statements, in their order. `direction` says whose subscribers they are about: those of the first party (FirstHome),
-- which then pays, or of the second.
CREATE VIEW statement_lines AS
SELECT
    CAST(s.key ->> 0 AS BIGINT) AS agreement,
    s.key ->> 1 AS period,
    {place} AS line,
    item.value ->> 'direction' AS direction,
    CAST(item.value ->> 'group' AS BIGINT) AS service_group,
    item.value ->> 'service' AS service,
    item.value ->> 'late' AS late,
    CAST(item.value ->> 'quantity' AS {amount}) AS quantity,
    CAST(item.value ->> 'tap_charge' AS {amount}) AS tap_charge,
    CAST(item.value ->> 'charge' AS {amount}) AS charge,
    CAST(item.value ->> 'shortfall' AS {amount}) AS shortfall,
    CAST(item.value ->> 'tax' AS {amount}) AS tax,
    s.value ->> 'currency' AS currency,
    CAST(s.value ->> 'decimals' AS BIGINT) AS decimals
FROM newest AS s, {each}(s.value -> 'lines') {as item}
WHERE s.pallet = 'Statements' AND s.item = 'Statements';

-- Debts, and what they came from. `agreement` and `period` are of the statement behind one: its net, what a note has changed of it, or what was
-- carried forward of those up to it. `place` says where one stands: waiting for a day, in a cycle, settled.
CREATE VIEW obligations AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS obligation,
    CAST(value ->> 'debtor' AS BIGINT) AS debtor,
    CAST(value ->> 'creditor' AS BIGINT) AS creditor,
    value ->> 'currency' AS currency,
    CAST(value ->> 'amount' AS {amount}) AS amount,
    CAST(value ->> 'due' AS BIGINT) AS due,
    CAST(COALESCE(
        value -> 'source' -> 'Statement' ->> 'agreement',
        value -> 'source' -> 'Note' ->> 'agreement',
        value -> 'source' -> 'CarriedForward' ->> 'agreement'
    ) AS BIGINT) AS agreement,
    COALESCE(
        value -> 'source' -> 'Statement' ->> 'period',
        value -> 'source' -> 'Note' ->> 'period',
        value -> 'source' -> 'CarriedForward' ->> 'period'
    ) AS period,
    value -> 'source' AS source,
    value ->> 'place' AS place,
    CAST(value ->> 'paid_outside' AS BIGINT) AS paid_outside,
    CAST(value ->> 'paid_gross' AS BIGINT) AS paid_gross,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Netting' AND item = 'Obligations';

-- Netting cycles.
CREATE VIEW cycles AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS cycle,
    CAST(value ->> 'token' AS BIGINT) AS token,
    value ->> 'currency' AS currency,
    value ->> 'phase' AS phase,
    CAST(value ->> 'cut_off' AS BIGINT) AS cut_off,
    CAST(value ->> 'fund_by' AS BIGINT) AS fund_by,
    CAST(value ->> 'obligations' AS BIGINT) AS obligations,
    CAST(value ->> 'gross' AS {amount}) AS gross,
    CAST(value ->> 'net' AS {amount}) AS net,
    CAST(value ->> 'parties' AS BIGINT) AS parties,
    CAST(value ->> 'finished_at' AS BIGINT) AS finished_at,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Netting' AND item = 'Cycles';

-- What an operator receives from a cycle, or pays if it is negative.
CREATE VIEW positions AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS cycle,
    CAST(key ->> 1 AS BIGINT) AS operator,
    CAST(value ->> 'net' AS {amount}) AS net,
    CAST(value ->> 'carried' AS {amount}) AS carried,
    CAST(value ->> 'held' AS {amount}) AS held,
    value ->> 'excluded' AS excluded,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Netting' AND item = 'Positions';

-- Tokens, their issuers and decimals.
CREATE VIEW tokens AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS token,
    CAST(value ->> 'issuer' AS BIGINT) AS issuer,
    value ->> 'currency' AS currency,
    CAST(value ->> 'decimals' AS BIGINT) AS decimals,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Netting' AND item = 'Tokens';

-- Payments of cycles.
CREATE VIEW payments AS
SELECT
    block,
    place,
    CAST(fields ->> 'cycle' AS BIGINT) AS cycle,
    CAST(fields ->> 'from' AS BIGINT) AS payer,
    CAST(fields ->> 'to' AS BIGINT) AS payee,
    CAST(fields ->> 'amount' AS {amount}) AS amount
FROM events
WHERE pallet = 'Netting' AND name = 'Paid';

-- TAP files, as they were anchored and answered. `late` is the month that bills one whose own was closed.
CREATE VIEW batches AS
SELECT
    key -> 0 -> 'series' ->> 'sender' AS sender,
    key -> 0 -> 'series' ->> 'recipient' AS recipient,
    key -> 0 -> 'series' ->> 'stream' AS stream,
    key -> 0 -> 'series' ->> 'test' AS test,
    CAST(key -> 0 ->> 'sequence' AS BIGINT) AS sequence,
    CAST(value -> 'route' ->> 'agreement' AS BIGINT) AS agreement,
    value -> 'route' ->> 'direction' AS direction,
    value ->> 'period' AS period,
    value ->> 'late' AS late,
    value ->> 'status' AS status,
    value -> 'anchor' ->> 'currency' AS currency,
    CAST(value -> 'anchor' ->> 'decimals' AS BIGINT) AS decimals,
    CAST(value -> 'anchor' ->> 'records' AS BIGINT) AS records,
    value -> 'anchor' ->> 'file_digest' AS file_digest,
    value -> 'anchor' ->> 'root' AS root,
    CAST(value ->> 'anchored_at' AS BIGINT) AS anchored_at,
    CAST(value ->> 'answered_at' AS BIGINT) AS answered_at,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Anchoring' AND item = 'Batches';

-- What a TAP file comes to, by service.
CREATE VIEW batch_totals AS
SELECT
    s.key -> 0 -> 'series' ->> 'sender' AS sender,
    s.key -> 0 -> 'series' ->> 'recipient' AS recipient,
    CAST(s.key -> 0 ->> 'sequence' AS BIGINT) AS sequence,
    item.value ->> 'service' AS service,
    CAST(item.value ->> 'records' AS BIGINT) AS records,
    CAST(item.value ->> 'quantity' AS {amount}) AS quantity,
    CAST(item.value ->> 'charge' AS {amount}) AS charge,
    CAST(item.value ->> 'tax' AS {amount}) AS tax
FROM newest AS s, {each}(s.value -> 'anchor' -> 'totals') {as item}
WHERE s.pallet = 'Anchoring' AND s.item = 'Batches';

-- NRTRDE (fraud) files: when the first call had ended, and when the file was there.
CREATE VIEW nrtrde_files AS
SELECT
    key -> 0 -> 'series' ->> 'sender' AS sender,
    key -> 0 -> 'series' ->> 'recipient' AS recipient,
    CAST(key -> 0 ->> 'sequence' AS BIGINT) AS sequence,
    CAST(value ->> 'agreement' AS BIGINT) AS agreement,
    CAST(value -> 'anchor' ->> 'records' AS BIGINT) AS records,
    CAST(value -> 'anchor' ->> 'earliest_end' AS BIGINT) AS earliest_end,
    CAST(value ->> 'anchored_at' AS BIGINT) AS anchored_at,
    CAST(value ->> 'acknowledged_at' AS BIGINT) AS acknowledged_at,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Anchoring' AND item = 'NrtrdeFiles';

-- Disputes on lines of statements; `subject`, `claims` and `phase` as the chain has them.
CREATE VIEW disputes AS
SELECT
    CAST(key ->> 0 AS BIGINT) AS dispute,
    CAST(value -> 'subject' -> 'StatementLine' ->> 'agreement' AS BIGINT) AS agreement,
    value -> 'subject' -> 'StatementLine' ->> 'period' AS period,
    value ->> 'kind' AS kind,
    value ->> 'raised_by' AS raised_by,
    CAST(value ->> 'raised_at' AS BIGINT) AS raised_at,
    value ->> 'currency' AS currency,
    CAST(value ->> 'decimals' AS BIGINT) AS decimals,
    value -> 'stated' AS stated,
    value -> 'claims' AS claims,
    value ->> 'phase' AS phase,
    CAST(value ->> 'settled' AS {amount}) AS settled,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Disputes' AND item = 'Disputes';
