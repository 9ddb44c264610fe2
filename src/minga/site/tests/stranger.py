"""A stranger's program: it knows one address and the standard library, and reads everything by following links.

`python stranger.py ADDRESS` prints, as JSON, how many institutions it read and the act it found behind a number.
"""

import json
import re
import sys
import urllib.request


def ask(address):
    """The answer at an address, and where its next page is."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        return json.load(answer), following and following[1]


def all_of(address):
    """Everything in a list, page by page."""
    while address:
        page, address = ask(address)
        yield from page["items"]


def main(start):
    """Read all institutions, and go from the first measured indicator that counts something down to the act."""
    links = ask(start)[0]["links"]
    codes = [institution["code"] for institution in all_of(links["institutions"] + "?page_size=30")]
    for indicator in all_of(links["indicators"]):
        value, _ = ask(indicator["links"]["self"])
        if not value["numerator"]:
            continue
        for subject in all_of(value["links"]["subjects"]):
            if subject["state"] == "counts":
                fact, _ = ask(subject["links"]["fact"])
                with urllib.request.urlopen(fact["links"]["html"], timeout=30) as page:
                    act = page.read().decode()
                found = {"indicator": indicator["code"], "fact": fact, "act": act}
                print(json.dumps({"institutions": codes, **found}))
                return


if __name__ == "__main__":
    main(sys.argv[1])
