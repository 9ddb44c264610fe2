"""Contexts of the browser, one for each kind of reader: who they are, their language, with or without scripts."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chrome import Watch
from tests.browser.instance import Instance
from tests.browser.look import AXE
from tests.browser.samples import Sample

HEIGHT = 900


@dataclass
class Readers:
    """Everybody who reads the instance: contexts and tabs are made once and used again."""

    browser: Browser
    instance: Instance
    watch: Watch
    _contexts: dict[tuple[str, str, str], BrowserContext] = field(default_factory=dict)
    _tabs: dict[tuple[str, str, str, int], Page] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)

    def address(self, sample: Sample) -> str:
        """The sample's whole address."""
        return self.instance.address + sample.path(self.instance.things)

    def context(self, role: str, language: str, mode: str = "scripts") -> BrowserContext:
        """The reader with this role ("" for a visitor) and language.

        `mode` is "scripts", "plain" (JavaScript off) or "frozen" (the page's own scripts never arrive, but axe
        runs). "scripts" and "frozen" bring axe along.
        """
        key = (role, language, mode)
        if key not in self._contexts:
            context = self.browser.new_context(java_script_enabled=mode != "plain", locale="es-EC")
            if mode != "plain":
                context.add_init_script(path=AXE)
            if mode == "frozen":
                context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            cookies = {"minga_idioma": language}
            if role:
                cookies["minga_sesion"] = self._session(role)
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.instance.address}
                    for name, value in cookies.items()
                ]
            )
            self._contexts[key] = self.watch.over(context)
        return self._contexts[key]

    def tab(self, role: str, language: str, mode: str, width: int) -> Page:
        """The reader's tab of this width."""
        key = (role, language, mode, width)
        if key not in self._tabs:
            self._tabs[key] = self.context(role, language, mode).new_page()
        self._tabs[key].set_viewport_size({"width": width, "height": HEIGHT})
        return self._tabs[key]

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
