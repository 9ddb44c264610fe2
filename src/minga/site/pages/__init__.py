"""The pages that belong to no room: home, search, workplace, calendar, reference of facts, small print."""
