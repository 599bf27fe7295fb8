"""Upstream: demand, flow and money in a health-and-care place."""
