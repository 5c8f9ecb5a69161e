"""`tingfeng ingest`: files of crawlers and exports into the river. Empty, so that the command line starts at once."""
