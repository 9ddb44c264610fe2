"""The room's pages: public, and in the workplace."""
