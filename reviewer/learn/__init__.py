"""Trains the classifier and measures it: the only place that imports scikit-learn."""
