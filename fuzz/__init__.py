"""A fuzzer for what tests/targets.py promises: see `make fuzz`."""
