"""A Wagtail site of one kind of page, made of the blocks that our page of a city has, on stock templates."""
