CREATE VIEW known AS SELECT chain, first_block, newest_block FROM archive;
