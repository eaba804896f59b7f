-- What reports and traces look up by agreement, month or series, out of all that there is of its kind. Each is of one item alone, so that
-- nothing else has to be written into it; pallet and item come first nevertheless, since SQLite, which does not count rows, would take
-- `state_by_item` otherwise.

CREATE INDEX agreements_by_number ON state (pallet, item, (CAST(key ->> 0 AS BIGINT)), from_block, id)
WHERE pallet = 'Agreements' AND item = 'Agreements';

CREATE INDEX terms_by_number ON state (pallet, item, (CAST(key ->> 0 AS BIGINT)), (CAST(key ->> 1 AS BIGINT)), from_block, id)
WHERE pallet = 'Agreements' AND item = 'TermsOf';

CREATE INDEX statements_by_month ON state (pallet, item, (key ->> 1), (CAST(key ->> 0 AS BIGINT)), from_block, id)
WHERE pallet = 'Statements' AND item = 'Statements';

CREATE INDEX statements_by_agreement ON state (pallet, item, (CAST(key ->> 0 AS BIGINT)))
WHERE pallet = 'Statements' AND item = 'Statements';

CREATE INDEX decisions_by_agreement ON state (pallet, item, (CAST(key ->> 0 AS BIGINT)))
WHERE pallet = 'Statements' AND item = 'Decisions';

CREATE INDEX totals_by_month ON state (pallet, item, (CAST(key -> 0 ->> 0 AS BIGINT)), (key -> 0 ->> 1))
WHERE pallet = 'Anchoring' AND item = 'Totals';

CREATE INDEX periods_by_month ON state (pallet, item, (CAST(key -> 0 ->> 0 AS BIGINT)), (key -> 0 ->> 1), from_block, id)
WHERE pallet = 'Anchoring' AND item = 'Periods';

-- The numbers of a series change with each of its files; which are missing is asked of the newest.
CREATE INDEX sequences_now ON state (pallet, item, id)
WHERE pallet = 'Anchoring' AND item = 'Sequences' AND to_block IS NULL;

-- Files, as they were answered.
CREATE INDEX files_by_month ON state (pallet, item, (value ->> 'period'))
WHERE pallet = 'Anchoring' AND item = 'Batches' AND (to_block IS NULL OR gone = 1);

CREATE INDEX files_by_agreement ON state (pallet, item, (CAST(value -> 'route' ->> 'agreement' AS BIGINT)))
WHERE pallet = 'Anchoring' AND item = 'Batches' AND (to_block IS NULL OR gone = 1);

CREATE INDEX files_by_series ON state
    (pallet, item, (key -> 0 -> 'series' ->> 'sender'), (key -> 0 -> 'series' ->> 'recipient'), (CAST(key -> 0 ->> 'sequence' AS BIGINT)))
WHERE pallet = 'Anchoring' AND item = 'Batches' AND (to_block IS NULL OR gone = 1);

CREATE INDEX nrtrde_files_by_time ON state (pallet, item, (CAST(value ->> 'anchored_at' AS BIGINT)))
WHERE pallet = 'Anchoring' AND item = 'NrtrdeFiles' AND (to_block IS NULL OR gone = 1);
