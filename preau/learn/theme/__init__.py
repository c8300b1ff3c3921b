"""What pages look like: base templates, components, CSS, and pages rendered with holes."""
