"""The Discord vocabulary that several features share."""
