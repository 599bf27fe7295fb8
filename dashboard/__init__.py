"""The page that a planner or a workshop moves sliders on."""
