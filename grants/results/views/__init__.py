"""Pages of results: the explanation, the comments to clear, appeals."""
