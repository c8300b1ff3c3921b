"""The operator's command line: publish, provision, load-test, measure and tune."""
