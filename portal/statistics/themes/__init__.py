"""Pages about one way of cutting the figures: dated lists, categories, sizes, concentration, time, trade."""
