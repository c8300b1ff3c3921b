"""From rows to counts by day, and from counts to what a report says."""
