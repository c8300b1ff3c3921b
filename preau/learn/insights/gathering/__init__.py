"""From events to roll-ups."""
