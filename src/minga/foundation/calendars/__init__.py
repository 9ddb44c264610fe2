"""The declared days of Ecuador's calendar: decreed rests, bridges, recovery days and the holidays of cantons.

`queries.calendar_on()` joins them with the law (kernel) into the calendar that counts every deadline.
"""
