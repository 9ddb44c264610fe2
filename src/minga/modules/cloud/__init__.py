"""The cloud room: the government data centre and network, who uses them and how well they work."""
