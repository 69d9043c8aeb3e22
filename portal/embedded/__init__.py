"""The embedded mode: web, worker, beat and a Valkey of our own, started and stopped as one process."""
