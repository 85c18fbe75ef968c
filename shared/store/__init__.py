"""One transaction: state, outbox, timers and audit of a service, in its own database."""
