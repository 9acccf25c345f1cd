"""Runs all benchmarks."""

from tests.benchmarks import finding_roles

finding_roles.main()
