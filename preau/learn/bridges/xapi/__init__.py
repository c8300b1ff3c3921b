"""Events as statements of the Experience API (xAPI 1.0.3, IEEE 9274.1.1)."""
