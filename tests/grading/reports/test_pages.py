from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dlcourse.grading.reports.class_page import class_page
from dlcourse.grading.reports.learner_page import learner_page

VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page the way a browser does: its elements, attributes and words."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.attributes, self.words = [], [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def links(results):
    return [f"learners/{i}.html" for i in range(len(results))]


def test_a_learner_reads_everything(every_status):
    page = Page(learner_page(every_status))
    for words in (
        "Zoë Müller", "6 of 12 points", "1 of 6 exercises", "You sum over the examples",
        "could not be broadcast", "It ran longer than 10 seconds.", "the last one counts",
        "seed 20261",
    ):  # fmt: skip
        assert words in page.text


def test_an_instructor_reads_everything(classroom):
    results = classroom(40)
    page = Page(class_page(results, links(results)))
    for words in ("40 submissions", "Success per exercise", "propagate", "forgot_to_average"):
        assert words in page.text
    assert all(r.learner in page.text for r in results)
    hrefs = {value for key, value in page.attributes if key == "href"}
    assert set(links(results)) <= hrefs


@pytest.mark.parametrize("kind", ["learner", "class"])
def test_nothing_of_a_learners_is_markup(hostile, kind):
    html = learner_page(hostile) if kind == "learner" else class_page([hostile], ["a.html"])
    page = Page(html)
    assert not {"script", "img", "iframe"} & set(page.elements)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in page.text
    assert "\u202e" not in html
    assert "\x1b" not in html


@pytest.mark.parametrize("name", ['" onclick="x', "'><script>", "</title><script>", "</style>x"])
def test_no_place_of_a_name_lets_it_out(every_status, name):
    exercise = replace(every_status.exercises[2], name=name, title=name, note=name)
    result = replace(every_status, learner=name, lesson=name, notes=(name,), exercises=(exercise,))
    for html in (learner_page(result), class_page([result, result], ["a.html", f"{name}.html"])):
        page = Page(html)
        assert "script" not in page.elements
        assert not [key for key, _ in page.attributes if key.startswith("on")]


def test_pages_load_nothing_and_run_nothing(classroom, every_status):
    for html in (learner_page(every_status), class_page(classroom(3), links(range(3)))):
        assert "default-src 'none'" in html
        assert not {"script", "link", "img", "iframe"} & set(Page(html).elements)
        assert "url(" not in html
        assert "@import" not in html


def test_a_name_of_many_letters_is_shortened_in_tables(every_status):
    result = replace(every_status, learner="x" * 300)
    assert "x" * 61 not in Page(class_page([result], ["a.html"])).text
    assert "x" * 300 in Page(learner_page(result)).text


def test_links_are_addresses(every_status):
    html = class_page([every_status], ["learners/50%#1 李.html"])
    assert 'href="learners/50%25%231%20%E6%9D%8E.html"' in html


def test_an_unreadable_notebook_has_a_page_and_a_line(unreadable):
    assert "is not a notebook" in Page(learner_page(unreadable)).text
    text = Page(class_page([unreadable], ["a.html"])).text
    assert "could not be checked" in text
    assert "is not a notebook" in text


def test_statuses_are_told_in_words_too(every_status):
    page = Page(class_page([every_status], ["a.html"]))
    spoken = {value for key, value in page.attributes if key == "aria-label"}
    assert "initialize_with_zeros: not attempted" in spoken
    assert "1 not attempted" in page.text


def test_several_lessons_are_told_apart(every_status):
    results = [every_status, replace(every_status, lesson="c1w3_shallow")]
    page = Page(class_page(results, links(results)))
    assert "Lesson" in page.words
    assert "c1w2_logistic_regression, c1w3_shallow" in page.text


def test_an_empty_class():
    assert "0 submissions" in Page(class_page([], [])).text
