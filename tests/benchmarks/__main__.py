"""Runs all benchmarks."""

from tests.benchmarks import finding_roles, queue_burst, queue_inserts, queue_start

for benchmark in (finding_roles, queue_inserts, queue_start, queue_burst):
    benchmark.main()
