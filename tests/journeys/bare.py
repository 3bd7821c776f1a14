"""A phone with the core of the app and no screens, and what tests do with it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.phoning import PASSWORD, PIN

VISIT = """([index, photos, draft]) => core.queue.enqueue({
    kind: "save", subject: `subject-${index}`, title: `王桂英 · 入户探访 ${index}`, draft,
    body: { rows: [{ register: "service-records", id: `subject-${index}`, values: { content: `老人身体好 ${index}` } }] },
    attachments: photos ? [{ kind: "photo", of: "service-records", row: `subject-${index}`, name: "照片.jpg",
        blob: new Blob([new Uint8Array(photos).fill(index)], { type: "image/jpeg" }) }] : [],
})"""
SEALED = """async () => {
    const held = [];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((good) => {
            const opening = indexedDB.open(name); opening.onsuccess = () => good(opening.result); });
        for (const store of database.objectStoreNames) {
            const all = database.transaction(store).objectStore(store).getAll();
            await new Promise((good) => { all.onsuccess = good; });
            held.push(JSON.stringify(all.result, (key, value) => (value instanceof Uint8Array
                ? new TextDecoder().decode(value) : value)));
        }
        database.close();
    }
    return held.join() + JSON.stringify(localStorage);
}"""


def sign_in(page: Page, username: str = "worker") -> None:
    page.evaluate("([name, word]) => core.session.signIn(name, word)", [username, PASSWORD])
    page.evaluate("(pin) => core.session.setPin(pin)", PIN)


def unlock(page: Page, username: str = "worker") -> None:
    page.wait_for_function("core.session.stage.value === 'locked'")
    page.evaluate("([name, pin]) => core.session.unlock(name, pin)", [username, PIN])


def refusal(page: Page, expression: str, given: Any = None) -> tuple[str, str]:
    """Kind and words of the refusal that ``expression`` ends with."""
    told = page.evaluate(
        f"async (given) => {{ try {{ await ({expression})(given); return ['', '']; }} "
        "catch (error) { return [error.kind, error.message]; } }",
        given,
    )
    return told[0], told[1]


def settle(page: Page, patience: float = 20_000) -> None:
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.queue.open.value === 0", timeout=patience)


def states(page: Page) -> list[str]:
    found: list[str] = page.evaluate("core.queue.list.value.map((work) => work.state)")
    return found
