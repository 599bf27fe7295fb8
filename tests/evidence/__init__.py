"""Tests that every number has a home, a unit and a witness, and that the numbers close."""
