"""The files that people bring in the journeys: a norm as PDF, a table of institutions with and without errors."""

_HEAD = "codigo;nombre;siglas;tipo;funcion;existe_desde"
_GOOD = "instituto-{name};Instituto de Pruebas {name};IP{name};instituto;ejecutiva;2019-01-01"
_WRONG_DATE = "instituto-{name};Instituto de Pruebas {name};IP{name};instituto;ejecutiva;31/02/2019"


def sheet_with_an_error(name: str) -> bytes:
    """A table of two institutions, `<name>a` and `<name>b`; the second has a date that does not exist."""
    return "\r\n".join((_HEAD, _GOOD.format(name=f"{name}a"), _WRONG_DATE.format(name=f"{name}b"))).encode()


def sheet(name: str) -> bytes:
    """The same table, put right."""
    return "\r\n".join((_HEAD, _GOOD.format(name=f"{name}a"), _GOOD.format(name=f"{name}b"))).encode()


def pdf(text: str) -> bytes:
    """A PDF of one page that says `text` (ASCII), with a right table of its parts."""
    words = f"BT /F1 18 Tf 60 760 Td ({text}) Tj ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + table + trailer
