"""Prompts: how tools and turns are put to a model. A file a prompt; ``registry`` lists them."""
