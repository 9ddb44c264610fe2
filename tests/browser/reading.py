"""Who reads the instance in the sweep: tabs that are made once, and take on one reader's role and language."""

from dataclasses import dataclass, field

from playwright.sync_api import APIResponse, Browser, BrowserContext, Page

from tests.browser.chrome import Watch
from tests.browser.instance import Instance
from tests.browser.look import AXE
from tests.browser.samples import Sample

HEIGHT = 900
_MODES = ("scripts", "plain", "frozen")


@dataclass
class Readers:
    """One context for each mode, and its tabs.

    Modes: "scripts", as most people read; "plain", JavaScript off; "frozen", where the page's own scripts never
    arrive but axe runs. All tabs are read by the same person at a time.
    """

    browser: Browser
    instance: Instance
    watch: Watch
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _tabs: dict[tuple[str, int], Page] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mode in _MODES:
            self._contexts[mode] = self.watch.over(self._context(mode))

    def address(self, sample: Sample) -> str:
        """The sample's whole address."""
        return self.instance.address + sample.path(self.instance.things)

    def become(self, role: str, language: str) -> None:
        """From now on the reader has this role ("" for a visitor) and this language."""
        cookies = {"minga_idioma": language}
        if role:
            cookies["minga_sesion"] = self._session(role)
        for context in self._contexts.values():
            context.clear_cookies()
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.instance.address}
                    for name, value in cookies.items()
                ]
            )

    def tab(self, mode: str, width: int) -> Page:
        """The tab of this mode and width."""
        if (mode, width) not in self._tabs:
            self._tabs[(mode, width)] = self._contexts[mode].new_page()
        tab = self._tabs[(mode, width)]
        tab.set_viewport_size({"width": width, "height": HEIGHT})
        return tab

    def fetch(self, sample: Sample) -> APIResponse:
        """What the address answers, without a page."""
        self.become(sample.role, "es")
        return self._contexts["plain"].request.get(self.address(sample))

    def _context(self, mode: str) -> BrowserContext:
        context = self.browser.new_context(java_script_enabled=mode != "plain", locale="es-EC")
        if mode != "plain":
            context.add_init_script(path=AXE)
        if mode == "frozen":
            context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        return context

    def _session(self, role: str) -> str:
        """The cookie of a session that the person opened with the form, as anybody would."""
        if role not in self._sessions:
            context = self.browser.new_context()
            sign_in(context.new_page(), self.instance, role)
            found = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "minga_sesion"]
            self._sessions[role] = found[0]
            context.close()
        return self._sessions[role]


def sign_in(page: Page, instance: Instance, role: str) -> None:
    """Open a session with the form of /ingresar/."""
    person = instance.people[role]
    page.goto(f"{instance.address}/ingresar/")
    page.locator("#id_identifier").fill(person.email)
    page.locator("#id_password").fill(person.password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{instance.address}/escritorio/")
