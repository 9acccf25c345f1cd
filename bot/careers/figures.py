"""A role's figures in words. What has no source is said to be unknown."""

from babel.numbers import format_currency, format_decimal

from bot.careers.model import CodingNeed, Degree, Level, Pay, Range, RemoteFit, Role, Step
from bot.i18n import _, later, ngettext, number_locale

LEVELS = {
    Level.BEGINNER: later("Beginner"),
    Level.INTERMEDIATE: later("Intermediate"),
    Level.ADVANCED: later("Advanced"),
}
DEGREES = {
    Degree.LOW: later("Low"),
    Degree.MEDIUM: later("Medium"),
    Degree.HIGH: later("High"),
}
CODING = {
    CodingNeed.NONE: later("Not needed"),
    CodingNeed.HELPFUL: later("Helpful, not required"),
    CodingNeed.REQUIRED: later("Programming skills required"),
}
REMOTE = {
    RemoteFit.ON_SITE: later("On site"),
    RemoteFit.HYBRID: later("Hybrid"),
    RemoteFit.REMOTE_FRIENDLY: later("Remote-friendly: many fully remote or hybrid jobs"),
    RemoteFit.FULLY_REMOTE: later("Fully remote"),
}
PERIODS = {
    "year": later("{amount} a year"),
    "month": later("{amount} a month"),
    "hour": later("{amount} an hour"),
}


def unknown() -> str:
    """Return what stands where a figure has no source."""
    return _("Unknown (no source yet)")


def level(level: Level) -> str:
    """Return a level in words."""
    return _(LEVELS[level])


def difficulty(role: Role) -> str:
    """Return how hard the role is."""
    return level(role.difficulty.value) if role.difficulty else unknown()


def entry_barrier(role: Role) -> str:
    """Return how hard it is to get in."""
    return _(DEGREES[role.entry_barrier.value]) if role.entry_barrier else unknown()


def coding(role: Role) -> str:
    """Return how much programming the role needs."""
    return _(CODING[role.coding.value]) if role.coding else unknown()


def time_to_learn(role: Role) -> str:
    """Return the months until job-ready."""
    if role.months_to_learn is None:
        return unknown()
    months = role.months_to_learn.value
    text = ngettext("About {months} month", "About {months} months", _plural_of(months))
    return text.format(months=span(months))


def demand(role: Role) -> str:
    """Return the future demand score out of ten."""
    if role.demand is None:
        return unknown()
    return _("{score} out of 10").format(score=_decimal(role.demand.value, "0.0"))


def replacement_risk(role: Role) -> str:
    """Return the AI replacement risk in percent."""
    return (
        f"{_decimal(role.replacement_risk.value, '0.#')}%" if role.replacement_risk else unknown()
    )


def remote(role: Role) -> str:
    """Return where the work is done."""
    return _(REMOTE[role.remote.value]) if role.remote else unknown()


def industries(role: Role) -> str:
    """Return the industries in one line."""
    return ", ".join(role.industries) if role.industries else unknown()


def experience(step: Step) -> str:
    """Return the years of experience at a step of the ladder."""
    if step.years is None:
        return _("experience unknown")
    years = step.years.range
    return ngettext("{years} year", "{years} years", _plural_of(years)).format(years=span(years))


def pay(step: Step) -> str:
    """Return the pay at a step of the ladder."""
    return pay_range(step.pay) if step.pay else _("pay unknown (no source yet)")


def pay_range(pay: Pay) -> str:
    """Return a salary such as "$65,000-$95,000 a year", with a plus at an open end."""
    low = _money(pay.range.low, pay.currency)
    high = _money(pay.range.high, pay.currency)
    return _(PERIODS[pay.period]).format(amount=_joined(low, high, pay.range))


def span(numbers: Range) -> str:
    """Return a range such as "9", "2-5" or "12+"."""
    low = None if numbers.low is None else _decimal(numbers.low)
    high = None if numbers.high is None else _decimal(numbers.high)
    return _joined(low, high, numbers)


def total_weeks(role: Role) -> str:
    """Return the length of the whole roadmap."""
    weeks = sum(phase.weeks for phase in role.roadmap)
    return ngettext("{count} week", "{count} weeks", weeks).format(count=weeks)


def _plural_of(numbers: Range) -> int:
    """Return the number that decides between "year" and "years": an open end is more than one."""
    last = numbers.high if numbers.high is not None else numbers.low or 0
    return last + 1 if numbers.high_open else last


def _joined(low: str | None, high: str | None, numbers: Range) -> str:
    plus = "+" if numbers.high_open else ""
    if low is None or numbers.low_open:
        return _("up to {high}").format(high=f"{high or low}{plus}")
    if high is None or high == low:
        return f"{low}{plus}"
    return f"{low}\N{EN DASH}{high}{plus}"


def _money(amount: int | None, currency: str) -> str | None:
    if amount is None:
        return None
    text = format_currency(
        amount, currency, format="¤#,##0", locale=number_locale(), currency_digits=False
    )
    return text.replace("¤", f"{currency} ")


def _decimal(number: float, pattern: str | None = None) -> str:
    return format_decimal(number, format=pattern, locale=number_locale())
