import datetime as dt

import pytest

from minga.foundation.calendars.wording import deadline_text, reason_text
from minga.kernel.calendars import Calendar, DayCounted, Reason, Suspension


def test_a_deadline_is_told_in_a_sentence():
    received = dt.date(2026, 3, 4)
    assert deadline_text(Calendar().add_working_days(received, 30)) == (
        "30 días hábiles desde el 4 de marzo de 2026: vence el 16 de abril de 2026."
    )
    assert deadline_text(Calendar().add_calendar_days(received, 1)) == (
        "1 día contado desde el 4 de marzo de 2026: vence el 5 de marzo de 2026."
    )


def test_each_day_says_why_it_counts_or_not():
    stop = Suspension(dt.date(2026, 4, 1), dt.date(2026, 4, 1), "falta un documento")
    deadline = Calendar().add_working_days(dt.date(2026, 3, 31), 2, suspensions=[stop])
    assert [reason_text(day) for day in deadline.days] == [
        "Día de recepción: se cuenta desde el siguiente",
        "Plazo suspendido: falta un documento",
        "Día hábil",
        "Feriado nacional: Viernes Santo",
        "Sábado",
        "Domingo",
        "Día hábil",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_is_left_without_words(reason):
    assert reason_text(DayCounted(dt.date(2026, 1, 3), False, reason, "100 %")).strip()
