"""How people answer a question of each type, with the mouse, with the keyboard alone, or without
any script. The slots are those of the quiz ``everything``."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.quiz_questions import DISC, ORDER, RECTANGLE

(CHOICE, SEVERAL, TRUE_FALSE, SHORT, NUMBER, MATCHING, ORDERING, GAPS, WORDS, MARKERS, CLOZE,
 CALCULATED, ESSAY) = range(2, 15)  # fmt: skip
MACHINE_MARKED = range(CHOICE, ESSAY)
WRITTEN = "Packets of many people share one line,\nand a lost one is sent again by itself."
PAIRS = {"frequency": "hertz", "power": "watt", "length": "metre"}


def section(page: Page, slot: int) -> Locator:
    """The question of that slot."""
    return page.locator(f"#q{slot}")


def wavelength(page: Page) -> str:
    """The right answer to the calculated question, from the value that it shows."""
    shown = re.search(r"of ([\d.]+) MHz", section(page, CALCULATED).inner_text())
    assert shown is not None
    return f"{300 / float(shown[1]):.3g}"


class Mouse:
    """Points, drags and types. One word and one marker are dragged, the others clicked."""

    def pick(self, box: Locator) -> None:
        box.click()

    def choose(self, field: Locator, words: str) -> None:
        field.select_option(label=words)

    def order(self, box: Locator) -> None:
        _bring_in_order(box, lambda button: button.click())

    def words(self, box: Locator) -> None:
        box.get_by_role("button", name="frequency").drag_to(box.locator(".gap").first)
        box.get_by_role("button", name="period").click()
        box.locator(".gap").last.click()

    def markers(self, box: Locator) -> None:
        image = box.locator("img")
        box.get_by_role("button", name="disc", exact=True).first.click()
        image.click(position=_shown(image, DISC))
        box.get_by_role("button", name="rectangle").first.drag_to(
            image, target_position=_shown(image, RECTANGLE)
        )


class Keyboard:
    """Presses keys only; the mouse is never touched."""

    def pick(self, box: Locator) -> None:
        box.locator("input").press("Space")

    def choose(self, field: Locator, words: str) -> None:
        field.focus()
        field.press_sequentially(words)

    def order(self, box: Locator) -> None:
        box.get_by_role("button", name="Keep this order").press("Enter")
        _bring_in_order(box, lambda button: button.press("Enter"))

    def words(self, box: Locator) -> None:
        for number, word in enumerate(("frequency", "period")):
            box.get_by_role("button", name=word).press("Enter")
            box.locator(".gap select").nth(number).press("Enter")

    def markers(self, box: Locator) -> None:
        for name, (x, y) in (("disc", DISC), ("rectangle", RECTANGLE)):
            box.get_by_role("button", name=name).first.press("Enter")
            pin = box.locator(".pin:focus")
            expect(pin).to_have_text(name)
            for distance, there, back in (
                (x - 300, "ArrowRight", "ArrowLeft"),
                (y - 150, "ArrowDown", "ArrowUp"),
            ):
                for _step in range(abs(distance) // 10):
                    pin.press(f"Shift+{there if distance > 0 else back}")


class Plain(Mouse):
    """A browser that runs no script: only what HTML itself can do."""

    def order(self, box: Locator) -> None:
        for place, name in enumerate(ORDER, 1):
            item = box.locator(".order-item", has_text=name)
            item.locator("select").select_option(str(place))

    def words(self, box: Locator) -> None:
        for number, word in enumerate(("frequency", "period")):
            box.locator(".gap select").nth(number).select_option(label=word)

    def markers(self, box: Locator) -> None:
        for name, place in (("disc", DISC), ("rectangle", RECTANGLE)):
            box.get_by_label(f"of {name}:").fill("{},{}".format(*place))


Hand = Mouse | Keyboard


def first_page(page: Page, hand: Hand) -> None:
    """A text to read, then choices and a word."""
    hand.pick(section(page, CHOICE).locator("label", has_text="hertz"))
    for name in ("light", "radio"):
        hand.pick(section(page, SEVERAL).locator("label", has_text=name))
    hand.pick(section(page, TRUE_FALSE).locator("label", has_text="False"))
    section(page, SHORT).get_by_label("Your answer").fill("ohms")


def second_page(page: Page, hand: Hand) -> None:
    """A number with its unit, pairs, an order, gaps with lists, gaps with words."""
    section(page, NUMBER).get_by_label("Your answer").fill("300 000 km/s")
    for phrase, answer in PAIRS.items():
        hand.choose(section(page, MATCHING).get_by_label(phrase), answer)
    hand.order(section(page, ORDERING))
    for gap, word in ((1, "analogue"), (2, "digital")):
        hand.choose(section(page, GAPS).get_by_label(f"Gap {gap}"), word)
    hand.words(section(page, WORDS))


def third_page(page: Page, hand: Hand) -> None:
    """Markers, a text with questions in it, a formula, an essay."""
    hand.markers(section(page, MARKERS))
    section(page, CLOZE).get_by_label("Part 1").fill("500")
    section(page, CLOZE).get_by_label("Part 2").fill("Hertz")
    hand.choose(section(page, CLOZE).get_by_label("Part 3"), "audible")
    section(page, CALCULATED).get_by_label("Your answer").fill(wavelength(page))
    section(page, ESSAY).get_by_label("Your answer").fill(WRITTEN)


def expect_first_page(page: Page) -> None:
    """What was answered there is in its fields."""
    expect(section(page, CHOICE).get_by_role("radio", name="hertz")).to_be_checked()
    for name in ("light", "radio"):
        expect(section(page, SEVERAL).get_by_role("checkbox", name=name)).to_be_checked()
    expect(section(page, TRUE_FALSE).get_by_role("radio", name="False")).to_be_checked()
    expect(section(page, SHORT).get_by_label("Your answer")).to_have_value("ohms")


def expect_second_page(page: Page) -> None:
    """So here; the items stand in their order."""
    expect(section(page, NUMBER).get_by_label("Your answer")).to_have_value("300 000 km/s")
    for phrase, answer in PAIRS.items():
        expect_chosen(section(page, MATCHING).get_by_label(phrase), answer)
    expect(section(page, ORDERING).locator(".order-text")).to_have_text(list(ORDER))
    for slot, words in ((GAPS, ("analogue", "digital")), (WORDS, ("frequency", "period"))):
        for gap, word in enumerate(words, 1):
            expect_chosen(section(page, slot).get_by_label(f"Gap {gap}"), word)


def expect_third_page(page: Page) -> None:
    """And here; a marker may lie a pixel beside where it was set."""
    for name, place in (("disc", DISC), ("rectangle", RECTANGLE)):
        field = section(page, MARKERS).get_by_label(f"of {name}:")
        expect(field).to_have_value(re.compile(r"\d+,\d+"))
        x, y = map(int, field.input_value().split(","))
        assert abs(x - place[0]) < 5, (name, x)
        assert abs(y - place[1]) < 5, (name, y)
    expect(section(page, CLOZE).get_by_label("Part 1")).to_have_value("500")
    expect(section(page, CLOZE).get_by_label("Part 2")).to_have_value("Hertz")
    expect_chosen(section(page, CLOZE).get_by_label("Part 3"), "audible")
    expect(section(page, CALCULATED).get_by_label("Your answer")).to_have_value(wavelength(page))
    expect(section(page, ESSAY).get_by_label("Your answer")).to_have_value(WRITTEN)


def expect_chosen(field: Locator, words: str) -> None:
    """The list shows these words."""
    expect(field.locator("option:checked")).to_have_text(words)


def _bring_in_order(box: Locator, press) -> None:
    for place, name in enumerate(ORDER):
        items = box.locator(".order-text")
        above = items.all_inner_texts().index(name) - place
        for _step in range(above):
            press(box.get_by_role("button", name=f"Move up: {name}"))
        expect(items.nth(place)).to_have_text(name)
    keep = box.get_by_role("button", name="Keep this order")
    if keep.is_visible():  # they lay so: one says that it is meant
        press(keep)
    expect(keep).to_be_hidden()


def _shown(image: Locator, place: tuple[int, int]) -> dict[str, float]:
    """Where a point of the picture of 600 by 300 is, as large as it is shown."""
    box = image.bounding_box()
    assert box is not None
    return {"x": place[0] * box["width"] / 600, "y": place[1] * box["height"] / 300}
