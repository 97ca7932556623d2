"""Segment's Video Spec as data: events, models, readings."""
