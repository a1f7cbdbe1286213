"""Text as detectors need it: decoded, folded with exact offsets back, cut into sentences, searched for words."""
