"""What runs in a process: settings, the runtime, the command line."""
