"""Call syntaxes inside raw model text, one file each: ``parse`` reads one, ``write`` writes it, ``opener`` finds where it starts."""
