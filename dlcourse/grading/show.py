"""Shows a card as HTML, in a notebook or on a report's page, and as text in a terminal."""

import re
import textwrap

import jinja2
import markupsafe

from dlcourse.grading.cards import MARKS, Card, Part, card_of
from dlcourse.grading.results import ExerciseResult

__all__ = ["STYLE", "card_html", "card_text", "html", "text"]

_WIDTH = 92  # of a terminal's text

# Jupyter's own variables follow its theme; the fallbacks are translucent or inherited, so that
# they read well on light and on dark pages alike.
STYLE = """<style>
.dlc { --dlc-accent: #6e7781; border: 1px solid rgba(127, 127, 127, 0.3);
  border-left: 4px solid var(--dlc-accent); border-radius: 6px; margin: 4px 0; padding: 10px 16px;
  max-width: 62em; line-height: 1.5; font-size: var(--jp-content-font-size1, 14px);
  font-family: var(--jp-content-font-family, system-ui, sans-serif);
  color: var(--jp-content-font-color1, inherit); }
.dlc-good { --dlc-accent: #2a9d57; } .dlc-bad { --dlc-accent: #d64545; }
.dlc-todo { --dlc-accent: #8a8f98; } .dlc-note { --dlc-accent: #3b82c4; }
.dlc-head { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; }
.dlc-mark { background: var(--dlc-accent); color: #fff; border-radius: 50%; flex: none;
  width: 22px; height: 22px; line-height: 22px; text-align: center; font-size: 13px; }
.dlc .dlc-name { font-weight: 600; font-family: var(--jp-code-font-family, monospace); }
.dlc-aside { margin-left: auto; opacity: 0.75; font-variant-numeric: tabular-nums; }
.dlc-title { opacity: 0.75; margin: 2px 0 0 32px; }
.dlc-part { margin: 10px 0 0 32px; }
.dlc pre.dlc-words { margin: 4px 0 0; padding: 8px 12px; border-radius: 4px; overflow-x: auto;
  background: rgba(127, 127, 127, 0.12); color: inherit; white-space: pre-wrap; word-break: normal;
  overflow-wrap: break-word; font-family: var(--jp-code-font-family, monospace);
  font-size: var(--jp-code-font-size, 13px); line-height: 1.45; }
.dlc code { background: rgba(127, 127, 127, 0.15); color: inherit; padding: 1px 4px;
  border-radius: 3px; font-family: var(--jp-code-font-family, monospace); font-size: 0.92em; }
.dlc-diagnosis { background: rgba(234, 170, 0, 0.16); border-left: 3px solid #d99a00;
  border-radius: 4px; padding: 8px 12px; }
.dlc-list { list-style: none; margin: 2px 0 0; padding: 0; }
.dlc-list li { display: grid; grid-template-columns: 1.5em 1fr; margin: 2px 0; }
.dlc-list .dlc-passed { color: #2a9d57; } .dlc-list .dlc-failed { color: #d64545; }
.dlc-list .dlc-blank { opacity: 0.6; }
.dlc-list small { display: block; opacity: 0.8; font-size: 0.93em; }
.dlc summary { cursor: pointer; opacity: 0.75; }
.dlc-next { opacity: 0.85; }
</style>"""

_TEMPLATE = """<div class="dlc dlc-{{ card.tone }}">
<div class="dlc-head"><span class="dlc-mark">{{ card.mark }}</span>
<span class="dlc-name">{{ card.name }}</span><span>{{ card.verdict }}</span>
{%- if card.aside %}<span class="dlc-aside">{{ card.aside }}</span>{% endif %}</div>
{%- if card.title %}<div class="dlc-title">{{ card.title | code }}</div>{% endif %}
{%- for part in card.parts %}
<div class="dlc-part dlc-{{ part.kind }}">
{%- if part.folded %}<details><summary>{{ part.text | code }}</summary>
{%- elif part.kind == "diagnosis" %}<strong>This looks like:</strong> {{ part.text | code }}
{%- elif part.text %}<div>{{ part.text | code }}</div>{% endif %}
{%- if part.words %}<pre class="dlc-words">{{ part.words }}</pre>{% endif %}
{%- if part.checks %}<ul class="dlc-list">{% for check in part.checks %}
<li><span class="{{ check.status | colour }}">{{ marks[check.status] }}</span><span>
{{- check.title | code }}{% if check.message %}<small>{{ check.message | code }}</small>{% endif -%}
</span></li>{% endfor %}</ul>{% endif %}
{%- if part.folded %}</details>{% endif %}</div>
{%- endfor %}
</div>"""

_CODE = re.compile(r"`([^`]+)`")


def html(result: ExerciseResult, next_step: str = "") -> str:
    """A result as a piece of HTML; the page must hold `STYLE` once."""
    return card_html(card_of(result, next_step))


def text(result: ExerciseResult, next_step: str = "") -> str:
    """A result as lines of text."""
    return card_text(card_of(result, next_step))


def card_html(card: Card) -> str:
    """A card as a piece of HTML in which everything of the learner's is escaped."""
    return _template().render(card=card, marks=MARKS)


def card_text(card: Card) -> str:
    """A card as lines of text."""
    aside = f" ({card.aside})" if card.aside else ""
    lines = [f"{card.mark} {card.name}: {card.verdict}{aside}"]
    if card.title:
        lines.append(_wrapped(card.title))
    for part in card.parts:
        lines += _part_lines(part)
    return "\n".join(lines)


def _part_lines(part: Part) -> list[str]:
    lead = "This looks like: " if part.kind == "diagnosis" else ""
    lines = [_wrapped(lead + part.text)] if part.text else []
    if part.words:
        lines.append(textwrap.indent(part.words, "    "))
    for check in part.checks:
        lines.append(_wrapped(f"{MARKS[check.status]} {check.title}"))
        if check.message:
            lines.append(_wrapped(check.message, "    "))
    return lines


def _wrapped(line: str, indent: str = "  ") -> str:
    return textwrap.fill(
        line, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _code(line: str) -> markupsafe.Markup:
    """Escaped text in which `this` is code."""
    return markupsafe.Markup(_CODE.sub(r"<code>\1</code>", str(markupsafe.escape(line))))


def _colour(status: str) -> str:
    return {"passed": "dlc-passed", "not attempted": "dlc-blank"}.get(status, "dlc-failed")


_templates: list[jinja2.Template] = []


def _template() -> jinja2.Template:
    if not _templates:  # compiled when first needed: importing the grader stays quick
        environment = jinja2.Environment(autoescape=True)
        environment.filters |= {"code": _code, "colour": _colour}
        _templates.append(environment.from_string(_TEMPLATE))
    return _templates[0]
