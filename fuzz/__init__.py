"""What a fuzzer feeds the program: see targets.py for what must hold, and `make fuzz`."""
