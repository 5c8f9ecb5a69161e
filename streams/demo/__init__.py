"""The play: invented brands, people and a crisis, so that a first look shows what the product does."""
