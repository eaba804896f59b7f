-- Test files and files of other groups told apart. Test files are numbered like those that bill, and numbers of a series come again, so what a
-- file comes to is found by `file`: its row of `state`. A file has another one once it is answered.

{drop view} batch_totals;
{drop view} batches;
{drop view} nrtrde_files;

-- TAP files, as they were anchored and answered. `late` is the month that bills one whose own was closed; a test file is under no agreement, and
-- in no group of one.
CREATE {or replace} VIEW batches AS
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
    to_block,
    CAST(value -> 'route' ->> 'group' AS BIGINT) AS service_group,
    id AS file
FROM newest
WHERE pallet = 'Anchoring' AND item = 'Batches';

-- What a TAP file comes to, by service, before what was returned of it. Charge and tax are in millionths of the currency, whatever the decimals of
-- the file.
CREATE {or replace} VIEW batch_totals AS
SELECT
    s.key -> 0 -> 'series' ->> 'sender' AS sender,
    s.key -> 0 -> 'series' ->> 'recipient' AS recipient,
    CAST(s.key -> 0 ->> 'sequence' AS BIGINT) AS sequence,
    item.value ->> 'service' AS service,
    CAST(item.value ->> 'records' AS BIGINT) AS records,
    CAST(item.value ->> 'quantity' AS {amount}) AS quantity,
    CAST(item.value ->> 'charge' AS {amount}) AS charge,
    CAST(item.value ->> 'tax' AS {amount}) AS tax,
    s.key -> 0 -> 'series' ->> 'test' AS test,
    s.id AS file
FROM newest AS s, {each}(s.value -> 'anchor' -> 'totals') {as item}
WHERE s.pallet = 'Anchoring' AND s.item = 'Batches';

-- NRTRDE (fraud) files: when the first call had ended, if there was one, and when the file was there. A test file is under no agreement.
CREATE {or replace} VIEW nrtrde_files AS
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
    to_block,
    key -> 0 -> 'series' ->> 'test' AS test
FROM newest
WHERE pallet = 'Anchoring' AND item = 'NrtrdeFiles';
