"""`python -m streams.cli`: the same as `tingfeng`."""

from streams.cli.main import main

main()
