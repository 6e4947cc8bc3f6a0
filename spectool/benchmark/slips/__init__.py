"""The slips that can be planted in a gold answer, one file a pattern or group; ``registry.SLIPS`` lists them."""
