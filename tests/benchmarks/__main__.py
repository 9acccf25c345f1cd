"""Runs all benchmarks."""

from tests.benchmarks import (
    answering,
    finding_roles,
    finding_slots,
    queue_burst,
    queue_inserts,
    queue_start,
    rankers,
)

for benchmark in (finding_roles, finding_slots, rankers, answering):
    benchmark.main()
for benchmark in (queue_inserts, queue_start, queue_burst):
    benchmark.main()
