"""Plain Python that every floor may use: cards, clock and calendars, identifiers, text, money, errors."""
