"""Commands that print the figures which the documentation quotes; each takes the folder of data as an argument."""
