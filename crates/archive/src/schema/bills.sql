-- Bills of fixed-line services, and what finds these; usage reports, of which each version is kept; what was proven of files; and what more
-- reports and traces look up.

-- Bills: what the buyer owes the seller for a month of a class of services, in one currency. `net` is what the lines come to, and negative
-- where the seller credits more than it charges; of it `withheld` is disputed, and not paid with this bill.
CREATE VIEW bills AS
SELECT
    CAST(key -> 0 ->> 'buyer' AS BIGINT) AS buyer,
    CAST(key -> 0 ->> 'seller' AS BIGINT) AS seller,
    key -> 0 ->> 'class' AS class,
    key -> 1 ->> 0 AS period,
    key -> 1 ->> 1 AS currency,
    CAST(value ->> 'services' AS BIGINT) AS services,
    CAST(value ->> 'net' AS {amount}) AS net,
    CAST(value -> 'withheld' ->> 0 AS {amount}) + CAST(value -> 'withheld' ->> 1 AS {amount}) AS withheld,
    value ->> 'closed' AS closed,
    CAST(value ->> 'affirm_by' AS BIGINT) AS affirm_by,
    CAST(value ->> 'due' AS BIGINT) AS due,
    value -> 'obligations' AS obligations,
    from_block,
    to_block
FROM newest
WHERE pallet = 'Inventory' AND item = 'Bills';

-- Lines of bills, in their order: of each month that is charged or credited, and of each kind. `period` is the bill's month, `of_month` the
-- line's.
CREATE VIEW bill_lines AS
SELECT
    CAST(s.key -> 0 ->> 'buyer' AS BIGINT) AS buyer,
    CAST(s.key -> 0 ->> 'seller' AS BIGINT) AS seller,
    s.key -> 0 ->> 'class' AS class,
    s.key -> 1 ->> 0 AS period,
    s.key -> 1 ->> 1 AS currency,
    {place} AS line,
    item.value ->> 'month' AS of_month,
    item.value ->> 'kind' AS kind,
    CAST(item.value ->> 'amount' AS {amount}) AS amount
FROM newest AS s, {each}(s.value -> 'lines') {as item}
WHERE s.pallet = 'Inventory' AND s.item = 'Bills';

CREATE INDEX bills_by_month ON state (pallet, item, (key -> 1 ->> 0), from_block, id)
WHERE pallet = 'Inventory' AND item = 'Bills';

CREATE INDEX bills_by_relation ON state
    (pallet, item, (CAST(key -> 0 ->> 'buyer' AS BIGINT)), (CAST(key -> 0 ->> 'seller' AS BIGINT)), (key -> 0 ->> 'class'), from_block, id)
WHERE pallet = 'Inventory' AND item = 'Bills';

-- How much of a relation matches changes with each of its reports.
CREATE INDEX inventories_by_relation ON state
    (pallet, item, (CAST(key -> 0 ->> 'buyer' AS BIGINT)), (CAST(key -> 0 ->> 'seller' AS BIGINT)), (key -> 0 ->> 'class'), from_block, id)
WHERE pallet = 'Inventory' AND item = 'States';

CREATE INDEX reports_by_agreement ON state (pallet, item, (CAST(key -> 0 ->> 0 AS BIGINT)), from_block, id)
WHERE pallet = 'Reports' AND item = 'Reports';

-- Records that were proven, by the root of their file.
CREATE INDEX proofs_by_root ON state (pallet, item, (key -> 0 ->> 1))
WHERE pallet = 'Anchoring' AND item = 'Proofs';

-- What a month has come to, and what disputes have decided, is asked as it was at a block: without that in it, SQLite would take
-- `state_by_item`, and look at all there is.
DROP INDEX totals_by_month;
CREATE INDEX totals_by_month ON state (pallet, item, (CAST(key -> 0 ->> 0 AS BIGINT)), (key -> 0 ->> 1), from_block, id)
WHERE pallet = 'Anchoring' AND item = 'Totals';

DROP INDEX decisions_by_agreement;
CREATE INDEX decisions_by_agreement ON state (pallet, item, (CAST(key ->> 0 AS BIGINT)), from_block, id)
WHERE pallet = 'Statements' AND item = 'Decisions';

-- Of which steps the running digest of a month is.
CREATE INDEX events_by_series ON events
    (pallet, (fields -> 'key' -> 'series' ->> 'sender'), (fields -> 'key' -> 'series' ->> 'recipient'), block)
WHERE pallet = 'Anchoring' AND name IN ('Anchored', 'Acknowledged', 'FileReturned', 'RecordsReturned');

-- Reports as they stand, or stood last.
CREATE INDEX reports_by_month ON state (pallet, item, (key -> 0 ->> 1), id)
WHERE pallet = 'Reports' AND item = 'Reports' AND (to_block IS NULL OR gone = 1);
