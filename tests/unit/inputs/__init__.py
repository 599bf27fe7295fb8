"""Tests of what we believe."""
