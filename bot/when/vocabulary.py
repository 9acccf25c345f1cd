"""The words of the grammar: spellings, numbers, and words that say nothing."""

from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
NUMBERS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
TENS: Final = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth"

SPELLINGS: Final = {
    "monday": "mon",
    "tuesday": "tue tues",
    "wednesday": "wed weds wensday wendsday wednsday",
    "thursday": "thu thur thurs",
    "friday": "fri",
    "saturday": "sat",
    "sunday": "sun",
    "january": "jan",
    "february": "feb",
    "march": "mar",
    "april": "apr",
    "june": "jun",
    "july": "jul",
    "august": "aug",
    "september": "sep sept",
    "october": "oct",
    "november": "nov",
    "december": "dec",
    "seconds": "sec secs",
    "minute": "min mins minutes",
    "hour": "hr hrs hours",
    "day": "days",
    "week": "wk wks weeks",
    "month": "mo mos mth mths months",
    "year": "yr yrs years",
    "fortnight": "fortnights",
    "every": "each evry",
    "every day": "daily everyday",
    "every week": "weekly",
    "every month": "monthly",
    "every year": "yearly annually annual",
    "every hour": "hourly",
    "every fortnight": "fortnightly",
    "every 3 month": "quarterly",
    "every night": "nightly nights",
    "every weekday": "weekdays",
    "every weekend": "weekends",
    "every morning": "mornings",
    "every afternoon": "afternoons",
    "every evening": "evenings",
    "every 2": "alternate",
    "tomorrow": "tmr tmrw tomo tomorow tommorow tommorrow",
    "today": "tdy",
    "tonight": "tonite",
    "noon": "midday lunchtime",
    "until": "till til ending ends through",
    "starting": "start starts beginning from",
    "except": "excluding excepting",
    "times": "x occurrences",
    "oclock": "uhr",
    "at": "um",
    "skip": "skipping",
    "short": "shorter",
    "christmas": "xmas",
    "new year eve": "nye",
    "next": "following",
    "this": "coming upcoming",
    "to": "thru",
}

DROPPED: Final = "please pls plz kindly the and on remind me sharp exactly a an"
"""Words that say nothing anywhere."""

MENDABLE: Final = (
    "tomorrow tonight today every weekday weekend midnight fortnight morning evening afternoon "
    "minutes hours weeks months daily weekly monthly yearly"
)
"""Words, besides weekdays and months, in which a typo is mended."""

NO_TYPOS: Final = "biweekly bimonthly later noon night month right other after until every"
"""Words that resemble others and yet are none of them mistyped."""
