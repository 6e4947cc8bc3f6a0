"""Runs a model on tasks: engines, prompts, scripted tools and the batched agent loop."""
