"""Comments to themes and sentiment, without the network: `amp.text.themes.discover` is the way in for plain texts."""
