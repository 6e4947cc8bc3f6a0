"""News outlets, articles, podcasts and radio stations, with subscriptions, saved items and playlists."""
