"""The texts of the dashboard, collected into its language files."""
