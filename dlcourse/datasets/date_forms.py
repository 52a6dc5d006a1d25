"""How people write dates, in seven languages: names of months and days, and templates."""

from typing import NamedTuple

__all__ = ["LANGUAGES", "TWO_DIGITS_FROM", "Language", "write"]

# two digits stand for a year from 1969 to 2068: 69 to 99 are 1969 to 1999, 00 to 68 2000 to 2068
TWO_DIGITS_FROM = 1969


class Language(NamedTuple):
    """The words and the templates of one language.

    Args:
        months: names of the months, January first, separated by spaces.
        short_months: their abbreviations.
        weekdays: names of the days, Monday first.
        templates: how a date is written. {d} and {m} are day and month as numbers, {dd} and {mm}
            with two digits, {nth} is the day as an ordinal number; {month}, {mon} and {weekday}
            are words; {y} is the year, {yy} its last two digits.
        ordinal: function from the day to {nth}.
    """

    months: str
    short_months: str
    weekdays: str
    templates: tuple
    ordinal: object = str


def _english(day):
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if 11 <= day <= 13 else ending}"


def _only_the_first(sign):
    return lambda day: f"1{sign}" if day == 1 else str(day)


# numbers alone: the day comes before the month, everywhere; the United States differ
SLASHES = ("{d}/{m}/{y}", "{dd}/{mm}/{y}", "{d}/{m}/{yy}")
DASHES = ("{dd}-{mm}-{y}", "{d}-{m}-{y}")
DOTS = ("{d}.{m}.{y}", "{dd}.{mm}.{y}", "{d}.{m}.{yy}", "{dd}.{mm}.{yy}")

LANGUAGES = {
    "English": Language(
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        (
            *("{month} {d}, {y}", "{mon} {d}, {y}", "{month} {nth}, {y}", "{month} {nth} {y}"),
            *("{d} {month} {y}", "{d} {mon} {y}", "{nth} {month} {y}", "{nth} of {month} {y}"),
            *("{d} {mon} {yy}", "{dd}-{mon}-{y}", "{weekday}, {month} {d}, {y}"),
            *("{weekday} {d} {month} {y}", "{y}/{mm}/{dd}", "{y}-{mm}-{dd}", "{y}{mm}{dd}"),
            *SLASHES,
        ),
        _english,
    ),
    "German": Language(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        (
            *("{d}. {month} {y}", "{dd}. {month} {y}", "{d}. {mon} {y}", "{d}. {month} {yy}"),
            *("{weekday}, {d}. {month} {y}", "{weekday}, den {d}. {month} {y}", *DOTS),
        ),
    ),
    "French": Language(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        (
            *("{nth} {month} {y}", "{nth} {mon} {y}", "le {nth} {month} {y}", "{nth} {mon} {yy}"),
            *("{weekday} {nth} {month} {y}", *SLASHES),
        ),
        _only_the_first("er"),
    ),
    "Spanish": Language(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "lunes martes miércoles jueves viernes sábado domingo",
        (
            *("{d} de {month} de {y}", "{d} {mon} {y}", "{d} de {month} del {y}"),
            *("{d} {month} {y}", "{weekday}, {d} de {month} de {y}", *SLASHES),
        ),
    ),
    "Italian": Language(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        (
            *("{nth} {month} {y}", "{d} {mon} {y}", "{d} {mon} {yy}"),
            *("{weekday} {nth} {month} {y}", *SLASHES),
        ),
        _only_the_first("º"),
    ),
    "Portuguese": Language(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "segunda terça quarta quinta sexta sábado domingo",
        (
            *("{nth} de {month} de {y}", "{d} {mon} {y}", "{d}/{mon}/{y}"),
            *("{weekday}, {d} de {month} de {y}", *SLASHES),
        ),
        _only_the_first("º"),
    ),
    "Dutch": Language(
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        ("{d} {month} {y}", "{d} {mon} {y}", "{weekday} {d} {month} {y}", *DASHES),
    ),
}


def write(date, language, template):
    """Write a date.

    Args:
        date: `datetime.date`.
        language: Language.
        template: one of its templates.

    Returns:
        str.

    Example:
        >>> import datetime
        >>> date = datetime.date(2003, 3, 1)
        >>> write(date, LANGUAGES["French"], "le {nth} {month} {y}")
        'le 1er mars 2003'
    """
    day, month, year = date.day, date.month, date.year
    return template.format(
        d=day,
        dd=f"{day:02}",
        nth=language.ordinal(day),
        m=month,
        mm=f"{month:02}",
        month=language.months.split()[month - 1],
        mon=language.short_months.split()[month - 1],
        weekday=language.weekdays.split()[date.weekday()],
        y=year,
        yy=f"{year % 100:02}",
    )
