"""The Discord faces of the features. Every module or package here is loaded as an extension."""
