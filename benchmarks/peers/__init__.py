"""Other simulators on the same case, each as a competent modeller would write it."""
