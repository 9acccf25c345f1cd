"""Runs all benchmarks."""

from tests.benchmarks import (
    answering,
    finding_roles,
    queue_burst,
    queue_inserts,
    queue_start,
    rankers,
)

for benchmark in (finding_roles, rankers, answering, queue_inserts, queue_start, queue_burst):
    benchmark.main()
