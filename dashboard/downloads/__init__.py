"""Answers as files: tables for a spreadsheet, and the question as a scenario file."""
