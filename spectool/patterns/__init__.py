"""From findings to causes: rates, slices, shapes, comparisons, audits."""
