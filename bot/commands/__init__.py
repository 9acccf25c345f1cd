"""Which commands Discord was last given, so that they are sent again only when they change."""
