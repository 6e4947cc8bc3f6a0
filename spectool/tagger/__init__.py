"""Learned opinions where the rules have nothing to say: how likely is a slip that only gold would prove?"""
