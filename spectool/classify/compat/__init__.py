"""Other systems' checkers, re-implemented from their published rules: what they would say of a trajectory, beside our own judgement."""
