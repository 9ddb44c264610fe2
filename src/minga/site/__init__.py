"""Turns the rooms into a running site: settings, addresses, navigation and the command line."""
