"""The pages that belong to no room: home, search, workplace, calendar, the reference of facts and the small print."""
